package org.rondoml.core.spi;

/**
 * Some neighbouring columns of a matrix.
 *
 * @param from the first
 * @param to the one after the last
 */
public record Columns(int from, int to) {
  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException where there are no such columns
   */
  public Columns {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException(
          "columns from " + from + " to " + to + ": expected 0 <= from < to");
    }
  }

  /** How many they are. */
  public int count() {
    return to - from;
  }
}
