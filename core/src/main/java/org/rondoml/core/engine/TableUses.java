package org.rondoml.core.engine;

import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;

/** The uses of a table's rows by one layer on one shard, each with its gradient. */
final class TableUses {
  private final int[] rows;
  private final Memory gradients;
  private final long offset;

  /**
   * Uses of a table.
   *
   * @param rows the row of each use
   * @param gradients the gradients of the uses, from an offset on
   */
  // Not a copy: the layer keeps the rows as they are until its next forward pass.
  TableUses(int[] rows, Memory gradients, long offset) {
    this.rows = rows;
    this.gradients = gradients;
    this.offset = offset;
  }

  /** The number of uses. */
  int count() {
    return rows.length;
  }

  /** The row of a use. */
  int row(int use) {
    return rows[use];
  }

  /** Has a window stand for the gradient of a use. */
  Vec read(int use, Vec window) {
    return window.reads(gradients, offset + (long) use * window.length());
  }
}
