package org.rondoml.standard.optimizers;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Semantics;

/**
 * Four steps of {@link Steps} by Keras 3.15 and, for tf1 and tf2, by {@code tf_keras.optimizers},
 * in float64: {@code for g in G: optimizer.apply_gradients([(g, w)])}.
 */
class AdafactorTest {
  /** {@code Adafactor()}. */
  @Test
  void withDefaults() {
    Steps.check(
        "Adafactor",
        Map.of(),
        Semantics.KERAS3,
        0.9990751744185058,
        -0.4994478427326126,
        0.24796644466336495);
  }

  /** {@code Adafactor()}. */
  @Test
  void withDefaultsBeforeKeras3() {
    Steps.check(
        "Adafactor",
        Map.of(),
        Semantics.TF2,
        0.9990751744185058,
        -0.4994478427326126,
        0.24796644466336495);
  }

  /**
   * {@code Adafactor(learning_rate=0.6, beta_2_decay=-0.5, epsilon_1=0.001, epsilon_2=0.9,
   * clip_threshold=0.5)}.
   */
  @Test
  void withItsKeys() {
    Steps.check(
        "Adafactor",
        Map.of(
            "learning_rate",
            0.6,
            "beta_2_decay",
            -0.5,
            "epsilon_1",
            0.001,
            "epsilon_2",
            0.9,
            "clip_threshold",
            0.5),
        Semantics.KERAS3,
        0.7139913267332931,
        -0.3194934924298153,
        -0.09872988731557816);
  }

  /** {@code Adafactor(learning_rate=0.6, relative_step=False)}. */
  @Test
  void withAnAbsoluteLearningRate() {
    Steps.check(
        "Adafactor",
        Map.of("learning_rate", 0.6, "relative_step", false),
        Semantics.KERAS3,
        0.4515635424670297,
        -0.16540758659088892,
        -0.38094404286796335);
  }

  /** {@code Adafactor(learning_rate=0.6)}. */
  @Test
  void ofAMatrix() {
    Steps.checkMatrix(
        "Adafactor",
        Map.of("learning_rate", 0.6),
        Semantics.KERAS3,
        0.10967766030097037,
        0.029493268849231646,
        -1.0419840107790437,
        2.0868917231432556,
        2.8640666537614186,
        1.620785731733472);
  }

  /**
   * {@code Adafactor(learning_rate=0.6, beta_2_decay=-0.5, epsilon_1=0.001, epsilon_2=0.9,
   * clip_threshold=0.5)}.
   */
  @Test
  void ofAMatrixWithItsKeys() {
    Steps.checkMatrix(
        "Adafactor",
        Map.of(
            "learning_rate",
            0.6,
            "beta_2_decay",
            -0.5,
            "epsilon_1",
            0.001,
            "epsilon_2",
            0.9,
            "clip_threshold",
            0.5),
        Semantics.TF1,
        0.5702844020132727,
        -0.2621258967840728,
        -0.1250633740107574,
        1.3230876516846681,
        2.407473658081679,
        0.3506736372542846);
  }

  /** {@code Adafactor(learning_rate=0.6)} of a table. */
  @Test
  void ofATable() {
    Steps.checkTable(
        "Adafactor",
        Map.of("learning_rate", 0.6),
        Semantics.KERAS3,
        0.6260063923193839,
        -0.03128328810848696,
        -0.631832999362217,
        0.596920476927176,
        1.113911379324351,
        0.16383656226429105,
        1.2233484470874623,
        -0.32737459631230204,
        -3.266781800511726);
  }

  /** {@code Adafactor(learning_rate=0.6)} of a table. */
  @Test
  void ofATableBeforeKeras3() {
    Steps.checkTable(
        "Adafactor",
        Map.of("learning_rate", 0.6),
        Semantics.TF2,
        0.17096877719690148,
        0.3977654050401398,
        -1.985474181015888,
        0.6727414538638261,
        1.1163216324968068,
        0.14457078391853662,
        1.2066881467344048,
        -0.33266694594772184,
        -3.227107374901453);
  }
}
