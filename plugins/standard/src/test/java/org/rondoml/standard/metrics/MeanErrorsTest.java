package org.rondoml.standard.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.rondoml.api.Precision;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.ShapeMismatchException;

class MeanErrorsTest {
  private static final Loss LOSS = new org.rondoml.standard.losses.MeanSquaredError();

  private static Vec row(double... values) {
    Vec row = Vec.zeros(Precision.FLOAT64, values.length);
    for (int k = 0; k < values.length; k++) {
      row.set(k, values[k]);
    }
    return row;
  }

  private static double mean(Metric metric) {
    Metric.State state = metric.start();
    state.add(row(1, 2), row(1.5, 0), 1);
    state.add(row(0, 0), row(3, -1), 1);
    return state.result();
  }

  @Test
  void areMeansOverElementsAndRows() {
    assertEquals((0.25 + 4 + 9 + 1) / 4, mean(new MeanSquaredError("mse")), 1e-15);
    assertEquals((0.5 + 2 + 3 + 1) / 4, mean(new MeanAbsoluteError("mae")), 1e-15);
  }

  @Test
  void refuseTargetsOfAnotherShapeByKerasName() {
    Metric mse = new MeanSquaredError("mse");
    assertSame(mse, mse.resolve(Shape.of(4), Shape.of(4), LOSS));
    assertEquals(
        "mean_squared_error compares each element of the output with one of the target; found"
            + " targets of shape (3) and outputs of shape (4)",
        refusal(mse));
    assertEquals(
        "mean_absolute_error compares each element of the output with one of the target; found"
            + " targets of shape (3) and outputs of shape (4)",
        refusal(new MeanAbsoluteError("mae")));
  }

  private static String refusal(Metric metric) {
    return String.valueOf(
        assertThrows(
                ShapeMismatchException.class, () -> metric.resolve(Shape.of(3), Shape.of(4), LOSS))
            .getMessage());
  }
}
