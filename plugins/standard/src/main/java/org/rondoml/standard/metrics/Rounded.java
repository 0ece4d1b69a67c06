package org.rondoml.standard.metrics;

import org.rondoml.api.Precision;
import org.rondoml.core.compute.Vec;

/** Numbers that are compared with the elements of a row, in its precision. */
final class Rounded {
  private Rounded() {}

  /** A number as an element of the row would be. */
  static double like(Vec row, double x) {
    return row.precision() == Precision.FLOAT32 ? (float) x : x;
  }
}
