package org.rondoml.standard.optimizers;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Semantics;

/**
 * Four steps of {@link Steps} by Keras 3.15 and, for tf1 and tf2, by {@code
 * tf_keras.optimizers.legacy}, in float64: {@code for g in G: optimizer.apply_gradients([(g, w)])}.
 */
class AdamaxTest {
  /** {@code Adamax()}. */
  @Test
  void withDefaults() {
    Steps.check(
        "Adamax",
        Map.of(),
        Semantics.KERAS3,
        0.9980871492174268,
        -0.4985228029542961,
        0.24851838726892117);
  }

  /** {@code legacy.Adamax()}. */
  @Test
  void withDefaultsBeforeKeras3() {
    Steps.check(
        "Adamax",
        Map.of(),
        Semantics.TF2,
        0.9980871487020326,
        -0.4985228025776853,
        0.24851838685481872);
  }

  /** {@code Adamax(learning_rate=0.05, beta_1=0.7, beta_2=0.8, epsilon=0.001)}. */
  @Test
  void withItsKeys() {
    Steps.check(
        "Adamax",
        Map.of("learning_rate", 0.05, "beta_1", 0.7, "beta_2", 0.8, "epsilon", 0.001),
        Semantics.KERAS3,
        0.9071344674287046,
        -0.4266917747313017,
        0.21808093364994);
  }

  /**
   * {@code legacy.Adamax(learning_rate=0.05, beta_1=0.7, beta_2=0.8, epsilon=0.001, decay=0.1)}.
   */
  @Test
  void withItsKeysBeforeKeras3() {
    Steps.check(
        "Adamax",
        Map.of("learning_rate", 0.05, "beta_1", 0.7, "beta_2", 0.8, "epsilon", 0.001, "decay", 0.1),
        Semantics.TF1,
        0.9120993642041361,
        -0.4309572204644166,
        0.22446391819219075);
  }

  /** {@code Adamax(learning_rate=0.05)} of a table. */
  @Test
  void ofATable() {
    Steps.checkTable(
        "Adamax",
        Map.of("learning_rate", 0.05),
        Semantics.KERAS3,
        0.9353641789684056,
        -0.4641405003854686,
        0.2386391949609696,
        0.7649677566934604,
        1.886988494780838,
        -0.8643845050895909,
        0.5315484648722898,
        -0.2815484596120298,
        -2.031545319549851);
  }

  /** {@code legacy.Adamax(learning_rate=0.05)} of a table. */
  @Test
  void ofATableBeforeKeras3() {
    Steps.checkTable(
        "Adamax",
        Map.of("learning_rate", 0.05),
        Semantics.TF1,
        0.9089870991292921,
        -0.4133210647911553,
        0.20374682209537057,
        0.7831578731370584,
        1.919706550103865,
        -0.9088825908511726,
        0.5184501790812099,
        -0.26845017600618165,
        -2.0184483403972298);
  }
}
