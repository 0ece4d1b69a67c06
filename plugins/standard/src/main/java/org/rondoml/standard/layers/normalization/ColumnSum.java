package org.rondoml.standard.layers.normalization;

import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.LayerContext;

/**
 * A sum of many rows, in their order. A few rows at a time are added up by themselves, so that a
 * long sum in single precision loses no more than a short one.
 */
final class ColumnSum {
  private static final int ROWS = 128;

  private final Vec total;
  private final Vec few;
  private int count;

  ColumnSum(LayerContext context, String key, int length) {
    total = context.vec(key, length);
    few = context.vec(key + " of a few rows", length);
  }

  /** Begins with nothing. */
  void begin() {
    total.fill(0);
    few.fill(0);
    count = 0;
  }

  /** Adds a row. */
  void add(Vec row) {
    few.add(few, row);
    next();
  }

  /** Adds the product of two rows, element by element. */
  void addProduct(Vec a, Vec b) {
    few.addProduct(a, b);
    next();
  }

  private void next() {
    if (++count % ROWS == 0) {
      total.add(total, few);
      few.fill(0);
    }
  }

  /** The sum of all rows since the beginning. */
  Vec end() {
    total.add(total, few);
    few.fill(0);
    return total;
  }
}
