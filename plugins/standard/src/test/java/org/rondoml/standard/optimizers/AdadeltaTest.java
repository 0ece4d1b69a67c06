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

  /** {@code Adadelta(learning_rate=1.0, epsilon=0.001)} of a table. */
  @Test
  void ofATable() {
    Steps.checkTable(
        "Adadelta",
        Map.of("learning_rate", 1.0, "epsilon", 0.001),
        Semantics.KERAS3,
        0.8538913910431396,
        -0.3968662828906229,
        0.18736516197304864,
        0.7009821300979829,
        1.809022696265527,
        -0.99990000000682,
        0.6279204298133663,
        -0.3654700538379251,
        -2.0009999750009375);
  }

  /** {@code legacy.Adadelta(learning_rate=1.0, epsilon=0.001)} of a table. */
  @Test
  void ofATableBeforeKeras3() {
    Steps.checkTable(
        "Adadelta",
        Map.of("learning_rate", 1.0, "epsilon", 0.001),
        Semantics.TF2,
        0.8473035915729971,
        -0.27253136347629764,
        0.11045614524434338,
        0.7009821365146633,
        1.8090227187078791,
        -0.99990000000682,
        0.6279204173366651,
        -0.3654700446611908,
        -2.0009999750009313);
  }
}
