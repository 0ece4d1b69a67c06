package org.rondoml.core.compute;

/**
 * A packed product whose columns can be computed apart, by several threads at once: each column's
 * sum is the same whoever computes it.
 */
public interface ColumnProduct extends PackedProduct {
  /** The number of columns of C. */
  int columns();

  /** Where columns may be parted: at multiples of this. */
  int grain();

  /** Computes some columns of C. */
  void run(Memory a, long aOffset, Memory c, long cOffset, int fromColumn, int toColumn);

  @Override
  default void run(Memory a, long aOffset, Memory c, long cOffset) {
    run(a, aOffset, c, cOffset, 0, columns());
  }
}
