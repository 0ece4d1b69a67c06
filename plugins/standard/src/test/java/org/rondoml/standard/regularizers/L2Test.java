package org.rondoml.standard.regularizers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Semantics;

class L2Test {

  /** {@code keras.regularizers.L2(0.03)} of the matrix, in float64. */
  @Test
  void asInKeras() {
    assertEquals(
        0.20624999538995326,
        Penalties.ofTheMatrix("L2", Map.of("l2", 0.03), Semantics.KERAS3),
        1e-16);
  }

  /** {@code tf_keras.regularizers.L2(0.03)} of the matrix, in float64. */
  @Test
  void asInTfKeras() {
    assertEquals(0.20625, Penalties.ofTheMatrix("L2", Map.of("l2", 0.03), Semantics.TF1), 1e-16);
  }

  /** {@code keras.regularizers.L2()} of the matrix, in float64. */
  @Test
  void hasADefault() {
    assertEquals(
        0.06874999846331775, Penalties.ofTheMatrix("l2", Map.of(), Semantics.KERAS3), 1e-16);
  }

  /** {@code tf_keras.regularizers.L2(l=0.01)} of the matrix, in float64. */
  @Test
  void isUnderstoodByItsOldKey() {
    assertEquals(0.06875, Penalties.ofTheMatrix("L2", Map.of("l", 0.01), Semantics.TF2), 1e-16);
  }

  @Test
  void gradientIsThatOfFiniteDifferences() {
    var regularizer = Penalties.regularizer("L2", Map.of("l2", 0.3), Semantics.TF2);
    Penalties.checkGradient(regularizer, 7);
    Penalties.checkGradient(regularizer, 3, 5);
    Penalties.checkGradient(regularizer, 2, 3, 400);
    Penalties.checkSinglePrecision(regularizer);
  }
}
