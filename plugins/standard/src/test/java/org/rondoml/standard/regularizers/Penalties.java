package org.rondoml.standard.regularizers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Regularizer;

/** Checks of penalties and their gradients. */
final class Penalties {
  private static final double STEP = 1e-5;

  /**
   * What the difference of two sums near 1 loses to rounding, divided by the step, and then some.
   */
  private static final double ROUNDING = 1e-9;

  private Penalties() {}

  static Regularizer regularizer(String id, Map<String, ?> config, Semantics semantics) {
    return Registry.load(Penalties.class.getClassLoader())
        .create(Regularizer.class, id, config, semantics);
  }

  /** The penalty of ((1, -0.5, 0.25), (0.75, 2, -1)). */
  static double ofTheMatrix(String id, Map<String, ?> config, Semantics semantics) {
    INDArray matrix = Nd4j.createFromArray(new double[][] {{1, -0.5, 0.25}, {0.75, 2, -1}});
    return regularizer(id, config, semantics).penalty(Memory.of(matrix));
  }

  /**
   * Compares the gradient with central differences, and what lies beside it with what was there.
   */
  static void checkGradient(Regularizer regularizer, long... shape) {
    RandomStream random = RandomStream.of(11);
    INDArray array = Nd4j.create(Precision.FLOAT64.dataType(), shape);
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, random.nextGaussian());
    }
    Memory values = Memory.of(array);
    int length = (int) array.length();
    Memory gradient = Memory.of(Nd4j.create(Precision.FLOAT64.dataType(), length + 5).addi(7));
    regularizer.addGradient(values, 0.5, gradient, 3);
    for (int i = 0; i < length + 5; i++) {
      double expected = 7;
      double tolerance = 0;
      if (i >= 3 && i < length + 3) {
        double at = array.getDouble(i - 3);
        array.putScalar(i - 3, at + STEP);
        double above = regularizer.penalty(values);
        array.putScalar(i - 3, at - STEP);
        double below = regularizer.penalty(values);
        array.putScalar(i - 3, at);
        expected += 0.5 * (above - below) / (2 * STEP);
        tolerance = ROUNDING * Math.max(1, above);
      }
      assertEquals(expected, gradient.array().getDouble(i), tolerance, "element " + (i - 3));
    }
  }

  /** The same number in both precisions. */
  static void checkSinglePrecision(Regularizer regularizer) {
    INDArray matrix = Nd4j.createFromArray(new double[][] {{1, -0.5, 0.25}, {0.75, 2, -1}});
    INDArray single = matrix.castTo(Precision.FLOAT32.dataType());
    assertEquals(
        regularizer.penalty(Memory.of(matrix)), regularizer.penalty(Memory.of(single)), 1e-6);
    Memory gradient = Memory.of(Nd4j.create(Precision.FLOAT64.dataType(), 6));
    Memory singleGradient = Memory.of(Nd4j.create(Precision.FLOAT32.dataType(), 6));
    regularizer.addGradient(Memory.of(matrix), 1, gradient, 0);
    regularizer.addGradient(Memory.of(single), 1, singleGradient, 0);
    for (int i = 0; i < 6; i++) {
      assertEquals(gradient.array().getDouble(i), singleGradient.array().getDouble(i), 1e-6);
    }
  }
}
