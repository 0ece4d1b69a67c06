package org.rondoml.core.compute;

/**
 * A window that slides along one axis of an image: tap t of position p lies on
 *
 * <pre>
 * p · stride - before + t · dilation
 * </pre>
 *
 * <p>which may be in front of the axis or behind it, where an image has zeros or nothing.
 *
 * @param size the size of the axis
 * @param taps the taps of the window
 * @param stride how far the window moves from a position to the next
 * @param dilation from one tap to the next
 * @param before how far the first position's window begins in front of the axis
 * @param positions the number of positions
 */
public record Window(int size, int taps, int stride, int dilation, int before, int positions) {
  /** Where windows lie at the ends of an axis; TensorFlow's rules. */
  public enum Padding {
    /** Every window lies on the axis as a whole. */
    VALID,
    /** ceil(size / stride) windows; those at the ends stand out, equally or more at the end. */
    SAME,
    /** As many windows, but each ends where it would begin without padding: at its own time. */
    CAUSAL
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException where one is below 1, or there is a window of nothing
   */
  public Window {
    if (size < 1 || taps < 1 || stride < 1 || dilation < 1 || before < 0 || positions < 1) {
      throw new IllegalArgumentException(
          "a window of "
              + taps
              + " taps, "
              + dilation
              + " apart, on "
              + size
              + " elements, "
              + positions
              + " positions "
              + stride
              + " apart: expected 1 or more of each");
    }
  }

  /** A window on an axis. */
  public static Window of(int size, int taps, int stride, int dilation, Padding padding) {
    int positions = Math.toIntExact(positions(size, taps, stride, dilation, padding));
    int reach = reach(taps, dilation);
    int before =
        switch (padding) {
          case VALID -> 0;
          case SAME -> Math.max(0, (positions - 1) * stride + reach - size) / 2;
          case CAUSAL -> reach - 1;
        };
    return new Window(size, taps, stride, dilation, before, positions);
  }

  /** The window of an axis that has one element, and isn't there. */
  public static Window none() {
    return new Window(1, 1, 1, 1, 0, 1);
  }

  /** The number of positions on an axis, less than 1 where a window doesn't fit. */
  public static long positions(long size, int taps, int stride, int dilation, Padding padding) {
    return padding == Padding.VALID
        ? Math.floorDiv(size - reach(taps, dilation), (long) stride) + 1
        : (size - 1) / stride + 1;
  }

  /** The elements from the first tap to the last. */
  public static int reach(int taps, int dilation) {
    return (taps - 1) * dilation + 1;
  }

  /** Where a tap of a position lies; below 0 in front of the axis. */
  public int at(int position, int tap) {
    return position * stride - before + tap * dilation;
  }

  /** The first tap of a position that lies on the axis. */
  public int firstTap(int position) {
    int start = position * stride - before;
    return start >= 0 ? 0 : (dilation - 1 - start) / dilation;
  }

  /** The tap after the last one of a position that lies on the axis. */
  public int endTap(int position) {
    int start = position * stride - before;
    return Math.min(taps, Math.floorDiv(size - 1 - start, dilation) + 1);
  }

  /** Whether each position's window is the element it stands for. */
  public boolean isIdentity() {
    return taps == 1 && stride == 1;
  }
}
