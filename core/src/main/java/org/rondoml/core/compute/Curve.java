package org.rondoml.core.compute;

/**
 * The formula of an element-wise function whose slope its value tells: what {@link Vec#gradient}
 * needs to know to multiply by the slope in the same pass as other things.
 */
public sealed interface Curve {
  /**
   * y = slope · x + offset, or the nearer of two bounds. The slope is 0 at the bounds and beyond.
   *
   * @param low the least value; may be infinite
   * @param high the largest value; may be infinite
   */
  record ClippedLine(double slope, double offset, double low, double high) implements Curve {
    /** y = x. */
    public static final ClippedLine IDENTITY =
        new ClippedLine(1, 0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** y = tanh(x), with the slope 1 - y². */
  record Tanh() implements Curve {}

  /** y = 1 / (1 + exp(-x)), with the slope y (1 - y). */
  record Sigmoid() implements Curve {}
}
