package org.rondoml.standard.constraints;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Constraint;

/** Checks of constraints on fixed arrays. */
final class Constrained {
  private static final double[] VALUES = {
    1, -0.5, 0.25, 0.75, 2, -1, 0.1, 0.2, -0.3, -1.5, 0.5, 0.6
  };

  private Constrained() {}

  static Constraint constraint(String id, Map<String, ?> config) {
    return Registry.load(Constrained.class.getClassLoader())
        .create(Constraint.class, id, config, Semantics.KERAS3);
  }

  /** The matrix ((1, -0.5, 0.25), (0.75, 2, -1)). */
  static INDArray matrix() {
    return array(2, 3);
  }

  /** Two matrices, that one and another. */
  static INDArray matrices() {
    return array(2, 2, 3);
  }

  private static INDArray array(long... shape) {
    long length = Shape.of(shape).size();
    return Nd4j.createFromArray(java.util.Arrays.copyOf(VALUES, (int) length)).reshape(shape);
  }

  /** Checks what becomes of an array, in both precisions, and that it then stays as it is. */
  static void check(String id, Map<String, ?> config, INDArray array, double... expected) {
    Constraint constraint = constraint(id, config);
    constraint.check(Shape.of(array.shape()));
    assertArrayEquals(expected, applied(constraint, array, Precision.FLOAT64), 1e-15);
    assertArrayEquals(expected, applied(constraint, array, Precision.FLOAT32), 3e-7);
  }

  /** Checks that what holds the condition is left as it is, but for Keras' 1e-7. */
  static void checkIdempotent(String id, Map<String, ?> config, INDArray array) {
    Constraint constraint = constraint(id, config);
    double[] once = applied(constraint, array, Precision.FLOAT64);
    INDArray again = Nd4j.createFromArray(once).reshape(array.shape());
    assertArrayEquals(once, applied(constraint, again, Precision.FLOAT64), 1e-6);
  }

  private static double[] applied(Constraint constraint, INDArray array, Precision precision) {
    Memory parameter = Memory.of(array.dup('c').castTo(precision.dataType()));
    Memory scratch = Memory.of(Nd4j.create(precision.dataType(), parameter.length()).addi(7));
    constraint.apply(parameter, scratch);
    return parameter.array().castTo(Precision.FLOAT64.dataType()).dup('c').data().asDouble();
  }
}
