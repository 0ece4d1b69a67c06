package org.rondoml.core.spi;

import org.jspecify.annotations.Nullable;
import org.rondoml.core.compute.Vec;

/**
 * The gradient of a stretch of elements, or of a row of a table: of a parameter whose layer
 * {@linkplain LayerContext#addRows uses some of its rows}, and some of them several times.
 *
 * <p>Keras on TensorFlow keeps the uses of a row apart until they are added to something. So in
 * Keras 3 the square of a table's gradient is the sum of the squares of its uses, not the square of
 * their sum, and likewise its size; and before Keras 3 several optimizers leave the rows alone that
 * a batch doesn't use. A rule that asks here for squares and sizes, and whether it is {@linkplain
 * #isUnused unused}, computes what Keras computes; for all other parameters it makes no difference.
 */
public final class Gradient {
  private final Vec value;
  private final @Nullable Vec squares;
  private final @Nullable Vec sizes;
  private final boolean unused;

  private Gradient(Vec value, @Nullable Vec squares, @Nullable Vec sizes, boolean unused) {
    this.value = value;
    this.squares = squares;
    this.sizes = sizes;
    this.unused = unused;
  }

  /** The gradient of elements. */
  public static Gradient of(Vec value) {
    return new Gradient(value, null, null, false);
  }

  /**
   * The gradient of a row of a table.
   *
   * @param value the sum over its uses
   * @param unused whether there is no use
   */
  public static Gradient ofRow(Vec value, boolean unused) {
    return new Gradient(value, null, null, unused);
  }

  /**
   * The gradient of a row of a table whose uses count each by itself.
   *
   * @param value the sum over its uses
   * @param squares the sum of their squares
   * @param sizes the sum of their sizes
   * @param unused whether there is no use
   */
  public static Gradient ofRow(Vec value, Vec squares, Vec sizes, boolean unused) {
    return new Gradient(value, squares, sizes, unused);
  }

  /** The gradient; may be used as scratch. */
  public Vec value() {
    return value;
  }

  /** target = g². */
  public Vec square(Vec target) {
    return squares == null ? target.multiply(value, value) : target.copy(squares);
  }

  /** target = target · keep + g² · scale: a moving average of squares. */
  public Vec blendSquare(Vec target, double keep, double scale) {
    return squares == null
        ? target.blendSquare(keep, value, scale)
        : target.blend(keep, squares, scale);
  }

  /** target = |g|; the target may be the value. */
  public Vec abs(Vec target) {
    return sizes == null ? target.abs(value) : target.copy(sizes);
  }

  /** Whether this is a row of a table that the batch doesn't use. */
  public boolean isUnused() {
    return unused;
  }
}
