package org.rondoml.datasets.csv;

/** What a row must be to the one before, of the same sequence where there are sequences. */
enum RowRule {
  /** Anything. */
  NONE,
  /** Greater. */
  ASCENDS,
  /** The same. */
  SAME
}
