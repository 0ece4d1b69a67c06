package org.rondoml.standard.regularizers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.api.ModelFileException;
import org.rondoml.api.Semantics;

class L1L2Test {

  /** {@code keras.regularizers.L1L2(0.03, 0.2)} of the matrix, in float64. */
  @Test
  void asInKeras() {
    assertEquals(
        1.5400000168010592,
        Penalties.ofTheMatrix("L1L2", Map.of("l1", 0.03, "l2", 0.2), Semantics.KERAS3),
        1e-16);
  }

  /** {@code tf_keras.regularizers.L1L2(0.03, 0.2)} of the matrix, in float64. */
  @Test
  void asInTfKeras() {
    assertEquals(
        1.54, Penalties.ofTheMatrix("l1l2", Map.of("l1", 0.03, "l2", 0.2), Semantics.TF2), 1e-15);
  }

  @Test
  void gradientIsThatOfFiniteDifferences() {
    var regularizer = Penalties.regularizer("L1L2", Map.of("l1", 0.3, "l2", 0.4), Semantics.TF2);
    Penalties.checkGradient(regularizer, 7);
    Penalties.checkGradient(regularizer, 3, 5);
    Penalties.checkGradient(regularizer, 2, 3, 400);
    Penalties.checkSinglePrecision(regularizer);
  }

  @Test
  void refusesToPenalizeNothing() {
    ModelFileException error =
        assertThrows(
            ModelFileException.class,
            () -> Penalties.regularizer("L1L2", Map.of(), Semantics.KERAS3));
    assertEquals(
        "L1L2.l1: l1 and l2 are both 0, so nothing is penalized: set one, or leave L1L2 out",
        error.getMessage());
  }
}
