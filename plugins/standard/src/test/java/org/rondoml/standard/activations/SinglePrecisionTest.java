package org.rondoml.standard.activations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.rondoml.api.Precision;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;

/** The approximations that 32-bit vectors use, against double precision. */
class SinglePrecisionTest {
  @Test
  void tanhIsExactToSevenUnitsInTheLastPlace() {
    for (double x = -12; x <= 12; x += 0.00137) {
      float argument = (float) x;
      double exact = Math.tanh(argument);
      // The largest error is where the result becomes 1: 1 - tanh(7.9) is 4.6 units in the last
      // place.
      assertEquals(exact, at(new Tanh(), argument), 7 * Math.ulp((float) exact), "tanh(" + x + ")");
    }
  }

  @Test
  void sigmoidIsExactToRoundingNearOne() {
    for (double x = -30; x <= 30; x += 0.0037) {
      float argument = (float) x;
      double exact = 1 / (1 + Math.exp(-argument));
      assertEquals(exact, at(new Sigmoid(), argument), 2.5e-7, "sigmoid(" + x + ")");
    }
  }

  @Test
  void notANumberStaysSo() {
    assertTrue(Double.isNaN(at(new Tanh(), Float.NaN)));
    assertTrue(Double.isNaN(at(new Sigmoid(), Float.NaN)));
    assertTrue(Double.isNaN(at(new Relu(), Float.NaN)));
  }

  private static double at(Activation f, float x) {
    Vec row = Vec.zeros(Precision.FLOAT32, 1);
    row.set(0, x);
    f.forward(row, row);
    return row.get(0);
  }
}
