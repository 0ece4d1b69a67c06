package org.rondoml.standard.optimizers;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Semantics;

/**
 * Four steps of {@link Steps} by Keras 3.15 and, for tf1 and tf2, by {@code
 * tf_keras.optimizers.legacy}, in float64: {@code for g in G: optimizer.apply_gradients([(g, w)])}.
 */
class AdagradTest {
  /** {@code Adagrad()}. */
  @Test
  void withDefaults() {
    Steps.check(
        "Adagrad",
        Map.of(),
        Semantics.KERAS3,
        0.9993123691237161,
        -0.49924827924763315,
        0.24900913989888604);
  }

  /** {@code legacy.Adagrad()}. */
  @Test
  void withDefaultsBeforeKeras3() {
    Steps.check(
        "Adagrad",
        Map.of(),
        Semantics.TF2,
        0.9993123690480594,
        -0.4992482792400362,
        0.24900913988777956);
  }

  /** {@code Adagrad(learning_rate=0.3, initial_accumulator_value=0.02, epsilon=0.01)}. */
  @Test
  void withItsKeys() {
    Steps.check(
        "Adagrad",
        Map.of("learning_rate", 0.3, "initial_accumulator_value", 0.02, "epsilon", 0.01),
        Semantics.KERAS3,
        0.7174562707851085,
        -0.2724691976599064,
        -0.05059595304928238);
  }

  /**
   * {@code legacy.Adagrad(learning_rate=0.3, initial_accumulator_value=0.02, epsilon=0.01,
   * decay=0.1)}.
   */
  @Test
  void withItsKeysBeforeKeras3() {
    Steps.check(
        "Adagrad",
        Map.of(
            "learning_rate", 0.3, "initial_accumulator_value", 0.02, "epsilon", 0.01, "decay", 0.1),
        Semantics.TF1,
        0.7046308201029041,
        -0.2772654982057004,
        0.019309590061383913);
  }

  /** {@code Adagrad(learning_rate=0.3)} of a table. */
  @Test
  void ofATable() {
    Steps.checkTable(
        "Adagrad",
        Map.of("learning_rate", 0.3),
        Semantics.KERAS3,
        0.832804219519995,
        -0.3099934358092289,
        0.11761788233191373,
        0.6701644875689301,
        1.6283855043793702,
        -0.9999051317203471,
        0.7064741053385631,
        -0.41035668702382666,
        -2.0009486780732675);
  }

  /** {@code legacy.Adagrad(learning_rate=0.3)} of a table. */
  @Test
  void ofATableBeforeKeras3() {
    Steps.checkTable(
        "Adagrad",
        Map.of("learning_rate", 0.3),
        Semantics.TF2,
        0.8258686945346151,
        -0.09090726227923987,
        -0.03557861765456721,
        0.6701645068718475,
        1.6283854976626317,
        -0.9999051316984364,
        0.7064741213196395,
        -0.4103567086623261,
        -2.00094867829237);
  }
}
