package org.rondoml.standard.optimizers;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Semantics;

/**
 * Four steps of {@link Steps} by Keras 3.15 and, for tf1 and tf2, by {@code tf_keras.optimizers},
 * in float64: {@code for g in G: optimizer.apply_gradients([(g, w)])}.
 */
class AdamWTest {
  /** {@code AdamW()}. */
  @Test
  void withDefaults() {
    Steps.check(
        "AdamW",
        Map.of(),
        Semantics.KERAS3,
        0.9976691019624946,
        -0.4982885893081553,
        0.24806342681471627);
  }

  /** {@code AdamW()}. */
  @Test
  void withDefaultsBeforeKeras3() {
    Steps.check(
        "AdamW",
        Map.of(),
        Semantics.TF2,
        0.9976691019624946,
        -0.4982885893081553,
        0.24806342681471627);
  }

  /**
   * {@code AdamW(learning_rate=0.05, weight_decay=0.3, beta_1=0.8, beta_2=0.95, epsilon=0.0001)}.
   */
  @Test
  void withItsKeys() {
    Steps.check(
        "AdamW",
        Map.of(
            "learning_rate",
            0.05,
            "weight_decay",
            0.3,
            "beta_1",
            0.8,
            "beta_2",
            0.95,
            "epsilon",
            0.0001),
        Semantics.KERAS3,
        0.8337595885218992,
        -0.39447027872835544,
        0.17767757978281434);
  }

  /** {@code AdamW(learning_rate=0.05, beta_2=0.5, amsgrad=True)}. */
  @Test
  void withAmsgrad() {
    Steps.check(
        "AdamW",
        Map.of("learning_rate", 0.05, "beta_2", 0.5, "amsgrad", true),
        Semantics.TF1,
        0.892229322972676,
        -0.41877205244780424,
        0.1652675011528626);
  }

  /** {@code AdamW(learning_rate=0.05, beta_2=0.9)} of a table. */
  @Test
  void ofATable() {
    Steps.checkTable(
        "AdamW",
        Map.of("learning_rate", 0.05, "beta_2", 0.9),
        Semantics.KERAS3,
        0.9024654584649205,
        -0.4328957218502965,
        0.2299331911787908,
        0.7459159168691281,
        1.8437146278157426,
        -0.829360687975407,
        0.5555453219039976,
        -0.3057452317066057,
        -2.0543276191255835);
  }

  /** {@code AdamW(learning_rate=0.05, beta_2=0.9)} of a table. */
  @Test
  void ofATableBeforeKeras3() {
    Steps.checkTable(
        "AdamW",
        Map.of("learning_rate", 0.05, "beta_2", 0.9),
        Semantics.TF2,
        0.8467783130429829,
        -0.35073758472977273,
        0.16986005209697197,
        0.7459159168691281,
        1.8437146278157426,
        -0.829360687975407,
        0.5555453219039976,
        -0.3057452317066057,
        -2.0543276191255835);
  }
}
