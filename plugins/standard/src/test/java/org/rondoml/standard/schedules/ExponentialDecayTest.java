package org.rondoml.standard.schedules;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Rates by {@code keras.optimizers.schedules} of Keras 3.15 and of tf_keras, which agree, within a
 * {@code tf.function} as in training.
 */
class ExponentialDecayTest {
  /**
   * {@code ExponentialDecay(initial_learning_rate=0.01, decay_steps=27, decay_rate=0.143,
   * staircase=False)}.
   */
  @Test
  void first() {
    Rates.check(
        "ExponentialDecay",
        Map.of(
            "initial_learning_rate",
            0.01,
            "decay_steps",
            27,
            "decay_rate",
            0.143,
            "staircase",
            false),
        2,
        0.008658293634653091,
        3,
        0.008056538179516792,
        5,
        0.0069755869917571545,
        6,
        0.0064907800406217575,
        13,
        0.003920215647667646,
        23,
        0.00190753024071455,
        32,
        0.0009975089924409986,
        37,
        0.0006958210142329335);
  }

  /**
   * {@code ExponentialDecay(initial_learning_rate=0.1, decay_steps=3, decay_rate=0.59,
   * staircase=True)}.
   */
  @Test
  void second() {
    Rates.check(
        "ExponentialDecay",
        Map.of(
            "initial_learning_rate", 0.1, "decay_steps", 3, "decay_rate", 0.59, "staircase", true),
        3,
        0.05899999663233757,
        7,
        0.03480999916791916,
        14,
        0.012117358855903149,
        36,
        0.0001779196463758126,
        37,
        0.0001779196463758126,
        40,
        0.00010497259063413367,
        56,
        7.504743734898511e-06,
        59,
        4.427798558026552e-06);
  }

  /**
   * {@code ExponentialDecay(initial_learning_rate=0.1, decay_steps=3, decay_rate=0.595,
   * staircase=True)}.
   */
  @Test
  void third() {
    Rates.check(
        "ExponentialDecay",
        Map.of(
            "initial_learning_rate", 0.1, "decay_steps", 3, "decay_rate", 0.595, "staircase", true),
        7,
        0.03540250286459923,
        9,
        0.02106449007987976,
        19,
        0.0044371276162564754,
        26,
        0.0015708543360233307,
        34,
        0.0003308924497105181,
        35,
        0.0003308924497105181,
        36,
        0.00019688101019710302,
        52,
        1.4682120308862068e-05);
  }

  /**
   * {@code ExponentialDecay(initial_learning_rate=0.1, decay_steps=12, decay_rate=0.669,
   * staircase=True)}.
   */
  @Test
  void fourth() {
    Rates.check(
        "ExponentialDecay",
        Map.of(
            "initial_learning_rate",
            0.1,
            "decay_steps",
            12,
            "decay_rate",
            0.669,
            "staircase",
            true),
        3,
        0.10000000149011612,
        4,
        0.10000000149011612,
        13,
        0.06690000742673874,
        31,
        0.04475610330700874,
        35,
        0.04475610330700874,
        36,
        0.02994183637201786,
        39,
        0.02994183637201786,
        45,
        0.02994183637201786,
        1000,
        3.238690030830921e-16);
  }

  /**
   * {@code ExponentialDecay(initial_learning_rate=0.003, decay_steps=7, decay_rate=0.514,
   * staircase=False)}.
   */
  @Test
  void fifth() {
    Rates.check(
        "ExponentialDecay",
        Map.of(
            "initial_learning_rate",
            0.003,
            "decay_steps",
            7,
            "decay_rate",
            0.514,
            "staircase",
            false),
        11,
        0.001054193708114326,
        15,
        0.0007207032176665962,
        19,
        0.0004927113186568022,
        23,
        0.0003368438337929547,
        44,
        4.574229024001397e-05,
        49,
        2.843563379428815e-05,
        50,
        2.5856634238152765e-05,
        57,
        1.3290309652802534e-05);
  }

  /**
   * {@code ExponentialDecay(initial_learning_rate=0.05, decay_steps=10, decay_rate=0.879,
   * staircase=False)}.
   */
  @Test
  void sixth() {
    Rates.check(
        "ExponentialDecay",
        Map.of(
            "initial_learning_rate",
            0.05,
            "decay_steps",
            10,
            "decay_rate",
            0.879,
            "staircase",
            false),
        4,
        0.047485996037721634,
        7,
        0.04568380117416382,
        10,
        0.043950002640485764,
        18,
        0.03964149206876755,
        26,
        0.035755354911088943,
        32,
        0.03309286758303642,
        38,
        0.030628642067313194,
        48,
        0.026922574266791344,
        1000,
        1.2527313231203152e-07);
  }
}
