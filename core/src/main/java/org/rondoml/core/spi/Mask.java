package org.rondoml.core.spi;

import java.util.Arrays;
import org.rondoml.api.Shape;

/**
 * Which steps of the samples count: one truth value for each position of a shape that a tensor's
 * leading axes have, mostly (time). A masked step is one that a sequence doesn't have: recurrent
 * layers carry their state over it, attention doesn't see it, losses and metrics leave it out.
 *
 * <p>Immutable. Layers make masks ({@code Masking}, {@code Embedding}), pass them on or drop them;
 * see {@link Layer#outputMasks}.
 */
public final class Mask {
  private final Shape shape;
  private final int samples;
  private final boolean[] valid;

  private Mask(Shape shape, int samples, boolean[] valid) {
    this.shape = shape;
    this.samples = samples;
    this.valid = valid;
  }

  /**
   * A mask.
   *
   * @param shape the shape of a sample's values, without the batch axis: (time)
   * @param samples the number of samples
   * @param valid sample by sample, row-major: true for a step that counts
   * @throws IllegalArgumentException where there are not as many values as positions
   */
  public static Mask of(Shape shape, int samples, boolean[] valid) {
    if (valid.length != shape.size() * samples) {
      throw new IllegalArgumentException(
          "a mask of shape "
              + shape
              + " for "
              + samples
              + " samples has "
              + shape.size() * samples
              + " values, found "
              + valid.length);
    }
    return new Mask(shape, samples, valid.clone());
  }

  /** The shape of a sample's values, without the batch axis. */
  public Shape shape() {
    return shape;
  }

  /** The number of samples. */
  public int samples() {
    return samples;
  }

  /** The number of positions of a sample. */
  public int positions() {
    return samples == 0 ? 0 : valid.length / samples;
  }

  /** Whether a position of a sample counts; positions are row-major. */
  public boolean isValid(int sample, int position) {
    return valid[sample * positions() + position];
  }

  /** The number of positions that count, in all samples. */
  public int countValid() {
    int count = 0;
    for (boolean v : valid) {
      count += v ? 1 : 0;
    }
    return count;
  }

  /** What counts in both masks, which have the same shape. */
  public Mask and(Mask other) {
    if (!shape.equals(other.shape) || samples != other.samples) {
      throw new IllegalArgumentException(
          "masks of shapes " + shape + " and " + other.shape + ": expected the same");
    }
    boolean[] both = new boolean[valid.length];
    for (int i = 0; i < both.length; i++) {
      both[i] = valid[i] && other.valid[i];
    }
    return new Mask(shape, samples, both);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mask mask
        && samples == mask.samples
        && shape.equals(mask.shape)
        && Arrays.equals(valid, mask.valid);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(valid);
  }

  @Override
  public String toString() {
    return "mask of shape " + shape + " for " + samples + " samples, " + countValid() + " valid";
  }
}
