package org.rondoml.standard.regularizers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.api.ModelFileException;
import org.rondoml.api.Semantics;

class L1AndL2Test {

  /** {@code tf_keras.regularizers.get('l1_l2')} of the matrix, in float64. */
  @Test
  void hasDefaultsBeforeKeras3() {
    assertEquals(0.12375, Penalties.ofTheMatrix("l1_l2", Map.of(), Semantics.TF2), 1e-15);
  }

  /** {@code keras.regularizers.l1_l2(l2=0.03)} of the matrix, in float64. */
  @Test
  void asInKeras3() {
    assertEquals(
        0.20624999538995326,
        Penalties.ofTheMatrix("l1_l2", Map.of("l2", 0.03), Semantics.KERAS3),
        1e-16);
  }

  @Test
  void gradientIsThatOfFiniteDifferences() {
    var regularizer = Penalties.regularizer("l1_l2", Map.of("l1", 0.3, "l2", 0.4), Semantics.TF2);
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
            () -> Penalties.regularizer("l1_l2", Map.of(), Semantics.KERAS3));
    assertEquals(
        "l1_l2.l1: l1 and l2 are both 0, so nothing is penalized: set one, or leave l1_l2 out",
        error.getMessage());
  }
}
