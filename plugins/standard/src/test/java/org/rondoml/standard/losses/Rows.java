package org.rondoml.standard.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.rondoml.api.Precision;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Loss;

/** Rows of 64 bits, and the check of a loss on one. */
final class Rows {
  private Rows() {}

  static Vec of(double... values) {
    Vec row = Vec.zeros(Precision.FLOAT64, values.length);
    for (int k = 0; k < values.length; k++) {
      row.set(k, values[k]);
    }
    return row;
  }

  /** Checks value and gradient. */
  static void check(Loss loss, Vec target, Vec output, double value, Vec gradient) {
    assertEquals(value, loss.value(target, output), 1e-14 * Math.max(1, value), "value");
    Vec found = of(new double[output.length()]).fill(Double.NaN);
    loss.gradient(target, output, found);
    for (int k = 0; k < output.length(); k++) {
      assertEquals(
          gradient.get(k),
          found.get(k),
          1e-14 * Math.max(1, Math.abs(gradient.get(k))),
          "gradient " + k);
    }
  }
}
