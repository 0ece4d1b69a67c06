package org.rondoml.standard.regularizers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Semantics;

class L1Test {

  /** {@code keras.regularizers.L1(0.03)} of the matrix, in float64. */
  @Test
  void asInKeras() {
    assertEquals(
        0.1649999963119626,
        Penalties.ofTheMatrix("L1", Map.of("l1", 0.03), Semantics.KERAS3),
        1e-16);
  }

  /** {@code tf_keras.regularizers.L1(0.03)} of the matrix, in float64. */
  @Test
  void asInTfKeras() {
    assertEquals(0.165, Penalties.ofTheMatrix("L1", Map.of("l1", 0.03), Semantics.TF1), 1e-16);
  }

  /** {@code keras.regularizers.L1()} of the matrix, in float64. */
  @Test
  void hasADefault() {
    assertEquals(
        0.0549999987706542, Penalties.ofTheMatrix("l1", Map.of(), Semantics.KERAS3), 1e-16);
  }

  /** {@code tf_keras.regularizers.L1(l=0.01)} of the matrix, in float64. */
  @Test
  void isUnderstoodByItsOldKey() {
    assertEquals(0.055, Penalties.ofTheMatrix("L1", Map.of("l", 0.01), Semantics.TF2), 1e-16);
  }

  @Test
  void gradientIsThatOfFiniteDifferences() {
    var regularizer = Penalties.regularizer("L1", Map.of("l1", 0.3), Semantics.TF2);
    Penalties.checkGradient(regularizer, 7);
    Penalties.checkGradient(regularizer, 3, 5);
    Penalties.checkGradient(regularizer, 2, 3, 400);
    Penalties.checkSinglePrecision(regularizer);
  }
}
