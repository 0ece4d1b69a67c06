package org.rondoml.standard.optimizers;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Semantics;

/**
 * Four steps of {@link Steps} by Keras 3.15 and, for tf1 and tf2, by {@code
 * tf_keras.optimizers.legacy}, in float64: {@code for g in G: optimizer.apply_gradients([(g, w)])}.
 */
class AdadeltaTest {
  /** {@code Adadelta()}. */
  @Test
  void withDefaults() {
    Steps.check(
        "Adadelta",
        Map.of(),
        Semantics.KERAS3,
        0.999998062908285,
        -0.4999990177227771,
        0.24999755951375283);
  }

  /** {@code legacy.Adadelta()}. */
  @Test
  void withDefaultsBeforeKeras3() {
    Steps.check(
        "Adadelta",
        Map.of(),
        Semantics.TF2,
        0.9999980629084282,
        -0.4999990177228468,
        0.24999755951383137);
  }

  /** {@code Adadelta(learning_rate=1.0, rho=0.7, epsilon=0.001)}. */
  @Test
  void withItsKeys() {
    Steps.check(
        "Adadelta",
        Map.of("learning_rate", 1.0, "rho", 0.7, "epsilon", 0.001),
        Semantics.KERAS3,
        0.93448076258377,
        -0.45862930286046655,
        0.19129050231798056);
  }

  /** {@code legacy.Adadelta(learning_rate=1.0, rho=0.7, epsilon=0.001, decay=0.1)}. */
  @Test
  void withItsKeysBeforeKeras3() {
    Steps.check(
        "Adadelta",
        Map.of("learning_rate", 1.0, "rho", 0.7, "epsilon", 0.001, "decay", 0.1),
        Semantics.TF1,
        0.9313972182501795,
        -0.461384307307759,
        0.20477342734392873);
  }
}
