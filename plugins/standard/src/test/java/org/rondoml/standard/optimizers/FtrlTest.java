package org.rondoml.standard.optimizers;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Semantics;

/**
 * Four steps of {@link Steps} by Keras 3.15 and, for tf1 and tf2, by {@code
 * tf_keras.optimizers.legacy}, in float64: {@code for g in G: optimizer.apply_gradients([(g, w)])}.
 */
class FtrlTest {
  /** {@code Ftrl()}. */
  @Test
  void withDefaults() {
    Steps.check(
        "Ftrl",
        Map.of(),
        Semantics.KERAS3,
        0.045849779029218496,
        -0.42116139772626143,
        -0.0009908589897247874);
  }

  /** {@code legacy.Ftrl()}. */
  @Test
  void withDefaultsBeforeKeras3() {
    Steps.check(
        "Ftrl",
        Map.of(),
        Semantics.TF2,
        0.04584977963933592,
        -0.42116139825801807,
        -0.0009908590369908817);
  }

  /**
   * {@code Ftrl(learning_rate=0.3, learning_rate_power=-0.7, initial_accumulator_value=0.2,
   * l1_regularization_strength=0.05, l2_regularization_strength=0.02,
   * l2_shrinkage_regularization_strength=0.03, beta=0.1)}.
   */
  @Test
  void withItsKeys() {
    Steps.check(
        "Ftrl",
        Map.of(
            "learning_rate",
            0.3,
            "learning_rate_power",
            -0.7,
            "initial_accumulator_value",
            0.2,
            "l1_regularization_strength",
            0.05,
            "l2_regularization_strength",
            0.02,
            "l2_shrinkage_regularization_strength",
            0.03,
            "beta",
            0.1),
        Semantics.KERAS3,
        -0.13754293227296996,
        -0.24912619808408526,
        -0.2074774811370429);
  }

  /**
   * {@code legacy.Ftrl(learning_rate=0.3, learning_rate_power=-0.7, initial_accumulator_value=0.2,
   * l1_regularization_strength=0.05, l2_regularization_strength=0.02,
   * l2_shrinkage_regularization_strength=0.03, beta=0.1, decay=0.2)}.
   */
  @Test
  void withItsKeysBeforeKeras3() {
    Steps.check(
        "Ftrl",
        Map.of(
            "learning_rate",
            0.3,
            "learning_rate_power",
            -0.7,
            "initial_accumulator_value",
            0.2,
            "l1_regularization_strength",
            0.05,
            "l2_regularization_strength",
            0.02,
            "l2_shrinkage_regularization_strength",
            0.03,
            "beta",
            0.1,
            "decay",
            0.2),
        Semantics.TF1,
        -0.09258936282787238,
        -0.1615847073865232,
        -0.12987903070055976);
  }

  /** {@code Ftrl(learning_rate=0.3, learning_rate_power=0.0)}. */
  @Test
  void withAConstantLearningRate() {
    Steps.check(
        "Ftrl",
        Map.of("learning_rate", 0.3, "learning_rate_power", 0.0),
        Semantics.KERAS3,
        -0.09,
        0.44999999999999996,
        -0.600297);
  }

  /** {@code Ftrl(learning_rate=0.3, l1_regularization_strength=0.05)} of a table. */
  @Test
  void ofATable() {
    Steps.checkTable(
        "Ftrl",
        Map.of("learning_rate", 0.3, "l1_regularization_strength", 0.05),
        Semantics.KERAS3,
        -0.07026652376668863,
        -0.23333731764008772,
        -0.12613568938572597,
        0.0,
        1.4670250849266404,
        0.0,
        0.17206179972820537,
        -0.1202675582205459,
        0.0);
  }

  /** {@code legacy.Ftrl(learning_rate=0.3, l1_regularization_strength=0.05)} of a table. */
  @Test
  void ofATableBeforeKeras3() {
    Steps.checkTable(
        "Ftrl",
        Map.of("learning_rate", 0.3, "l1_regularization_strength", 0.05),
        Semantics.TF2,
        -0.1161679022251718,
        0.04712774570133229,
        -0.27159808873148766,
        0.0,
        1.4670250711056616,
        0.0,
        0.30932368167225294,
        -0.1589789993600898,
        0.0);
  }
}
