package org.rondoml.standard.schedules;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Rates by {@code keras.optimizers.schedules} of Keras 3.15 and of tf_keras, which agree, within a
 * {@code tf.function} as in training.
 */
class PolynomialDecayTest {
  /**
   * {@code PolynomialDecay(initial_learning_rate=0.05, decay_steps=10, end_learning_rate=0.0,
   * power=1.5, cycle=False)}.
   */
  @Test
  void first() {
    Rates.check(
        "PolynomialDecay",
        Map.of(
            "initial_learning_rate",
            0.05,
            "decay_steps",
            10,
            "end_learning_rate",
            0.0,
            "power",
            1.5,
            "cycle",
            false),
        3,
        0.029283100739121437,
        29,
        0.0,
        35,
        0.0,
        43,
        0.0,
        47,
        0.0,
        49,
        0.0,
        51,
        0.0,
        55,
        0.0,
        1000,
        0.0);
  }

  /**
   * {@code PolynomialDecay(initial_learning_rate=0.003, decay_steps=3, end_learning_rate=0.0001,
   * power=3.0, cycle=True)}.
   */
  @Test
  void second() {
    Rates.check(
        "PolynomialDecay",
        Map.of(
            "initial_learning_rate",
            0.003,
            "decay_steps",
            3,
            "end_learning_rate",
            0.0001,
            "power",
            3.0,
            "cycle",
            true),
        3,
        9.999999747378752e-05,
        4,
        0.00020740738546010107,
        7,
        0.0001318244030699134,
        10,
        0.00011342592915752903,
        13,
        0.00010687406756915152,
        21,
        9.999999747378752e-05,
        28,
        0.00010085925896419212,
        38,
        0.00010004888463299721,
        1000,
        0.00010000001930166036);
  }

  /**
   * {@code PolynomialDecay(initial_learning_rate=0.0316, decay_steps=12, end_learning_rate=0.001,
   * power=0.5, cycle=False)}.
   */
  @Test
  void third() {
    Rates.check(
        "PolynomialDecay",
        Map.of(
            "initial_learning_rate",
            0.0316,
            "decay_steps",
            12,
            "end_learning_rate",
            0.001,
            "power",
            0.5,
            "cycle",
            false),
        4,
        0.02598479390144348,
        9,
        0.01629999838769436,
        13,
        0.0010000000474974513,
        16,
        0.0010000000474974513,
        24,
        0.0010000000474974513,
        39,
        0.0010000000474974513,
        40,
        0.0010000000474974513,
        55,
        0.0010000000474974513,
        1000,
        0.0010000000474974513);
  }

  /**
   * {@code PolynomialDecay(initial_learning_rate=0.2867, decay_steps=10, end_learning_rate=0.001,
   * power=1.0, cycle=False)}.
   */
  @Test
  void fourth() {
    Rates.check(
        "PolynomialDecay",
        Map.of(
            "initial_learning_rate",
            0.2867,
            "decay_steps",
            10,
            "end_learning_rate",
            0.001,
            "power",
            1.0,
            "cycle",
            false),
        5,
        0.14385001361370087,
        6,
        0.11528000235557556,
        9,
        0.029569992795586586,
        19,
        0.0010000000474974513,
        29,
        0.0010000000474974513,
        30,
        0.0010000000474974513,
        47,
        0.0010000000474974513,
        58,
        0.0010000000474974513,
        1000,
        0.0010000000474974513);
  }

  /**
   * {@code PolynomialDecay(initial_learning_rate=0.05, decay_steps=32, end_learning_rate=0.001,
   * power=1.5, cycle=True)}.
   */
  @Test
  void fifth() {
    Rates.check(
        "PolynomialDecay",
        Map.of(
            "initial_learning_rate",
            0.05,
            "decay_steps",
            32,
            "end_learning_rate",
            0.001,
            "power",
            1.5,
            "cycle",
            true),
        1,
        0.04772116243839264,
        9,
        0.030858149752020836,
        23,
        0.008308611810207367,
        33,
        0.017518427222967148,
        34,
        0.016725629568099976,
        44,
        0.00955994799733162,
        48,
        0.007125000469386578,
        59,
        0.0020699934102594852,
        1000,
        0.0011758179171010852);
  }

  /**
   * {@code PolynomialDecay(initial_learning_rate=0.1, decay_steps=7, end_learning_rate=0.0,
   * power=0.5, cycle=False)}.
   */
  @Test
  void sixth() {
    Rates.check(
        "PolynomialDecay",
        Map.of(
            "initial_learning_rate",
            0.1,
            "decay_steps",
            7,
            "end_learning_rate",
            0.0,
            "power",
            0.5,
            "cycle",
            false),
        14,
        0.0,
        21,
        0.0,
        22,
        0.0,
        32,
        0.0,
        34,
        0.0,
        49,
        0.0,
        56,
        0.0,
        58,
        0.0,
        1000,
        0.0);
  }
}
