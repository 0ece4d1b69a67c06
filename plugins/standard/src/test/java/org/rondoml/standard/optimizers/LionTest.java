package org.rondoml.standard.optimizers;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Semantics;

/**
 * Four steps of {@link Steps} by Keras 3.15 and, for tf1 and tf2, by {@code tf_keras.optimizers},
 * in float64: {@code for g in G: optimizer.apply_gradients([(g, w)])}.
 */
class LionTest {
  /** {@code Lion()}. */
  @Test
  void withDefaults() {
    Steps.check("Lion", Map.of(), Semantics.KERAS3, 0.998, -0.5, 0.248);
  }

  /** {@code Lion()}. */
  @Test
  void withDefaultsBeforeKeras3() {
    Steps.check("Lion", Map.of(), Semantics.TF2, 0.9998, -0.5, 0.24980000000000002);
  }

  /** {@code Lion(learning_rate=0.05, beta_1=0.3, beta_2=0.6)}. */
  @Test
  void withItsKeys() {
    Steps.check(
        "Lion",
        Map.of("learning_rate", 0.05, "beta_1", 0.3, "beta_2", 0.6),
        Semantics.KERAS3,
        0.8999999999999999,
        -0.5,
        0.15000000000000002);
  }

  /** {@code Lion(learning_rate=0.05)} of a table. */
  @Test
  void ofATable() {
    Steps.checkTable(
        "Lion",
        Map.of("learning_rate", 0.05),
        Semantics.KERAS3,
        0.7999999999999998,
        -0.30000000000000004,
        0.15000000000000002,
        0.6499999999999999,
        1.7999999999999998,
        -0.7999999999999998,
        0.6000000000000001,
        -0.35,
        -2.0999999999999996);
  }
}
