package org.rondoml.standard.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.core.spi.ConfigException;

/**
 * Rates by {@code keras.optimizers.schedules} of Keras 3.15 and of tf_keras, which agree, within a
 * {@code tf.function} as in training.
 */
class CosineDecayTest {
  /** {@code CosineDecay(initial_learning_rate=0.1913, decay_steps=5, alpha=0.0)}. */
  @Test
  void first() {
    Rates.check(
        "CosineDecay",
        Map.of("initial_learning_rate", 0.1913, "decay_steps", 5, "alpha", 0.0),
        12,
        0.0,
        14,
        0.0,
        22,
        0.0,
        31,
        0.0,
        33,
        0.0,
        46,
        0.0,
        47,
        0.0,
        51,
        0.0,
        1000,
        0.0);
  }

  /**
   * {@code CosineDecay(initial_learning_rate=0.1, decay_steps=7, alpha=0.1, warmup_target=0.05,
   * warmup_steps=30)}.
   */
  @Test
  void second() {
    Rates.check(
        "CosineDecay",
        Map.of(
            "initial_learning_rate",
            0.1,
            "decay_steps",
            7,
            "alpha",
            0.1,
            "warmup_target",
            0.05,
            "warmup_steps",
            30),
        5,
        0.09166666865348816,
        6,
        0.09000000357627869,
        12,
        0.07999999821186066,
        14,
        0.07666666805744171,
        22,
        0.06333333253860474,
        23,
        0.061666667461395264,
        30,
        0.05000000074505806,
        56,
        0.005000000353902578,
        1000,
        0.005000000353902578);
  }

  /**
   * {@code CosineDecay(initial_learning_rate=0.003, decay_steps=12, alpha=0.0, warmup_target=0.1,
   * warmup_steps=55)}.
   */
  @Test
  void third() {
    Rates.check(
        "CosineDecay",
        Map.of(
            "initial_learning_rate",
            0.003,
            "decay_steps",
            12,
            "alpha",
            0.0,
            "warmup_target",
            0.1,
            "warmup_steps",
            55),
        7,
        0.015345454216003418,
        12,
        0.024163637310266495,
        24,
        0.04532727226614952,
        30,
        0.05590909346938133,
        45,
        0.08236363530158997,
        48,
        0.08765454590320587,
        50,
        0.09118182212114334,
        58,
        0.08535534143447876,
        1000,
        0.0);
  }

  /**
   * {@code CosineDecay(initial_learning_rate=0.003, decay_steps=52, alpha=0.1, warmup_target=0.003,
   * warmup_steps=10)}.
   */
  @Test
  void fourth() {
    Rates.check(
        "CosineDecay",
        Map.of(
            "initial_learning_rate",
            0.003,
            "decay_steps",
            52,
            "alpha",
            0.1,
            "warmup_target",
            0.003,
            "warmup_steps",
            10),
        1,
        0.003000000026077032,
        5,
        0.003000000026077032,
        8,
        0.003000000026077032,
        9,
        0.003000000026077032,
        10,
        0.003000000026077032,
        46,
        0.0008831124287098646,
        47,
        0.000817429565358907,
        56,
        0.00038772812695242465,
        1000,
        0.0003000000142492354);
  }

  /** {@code CosineDecay(initial_learning_rate=0.003, decay_steps=53, alpha=0.0)}. */
  @Test
  void fifth() {
    Rates.check(
        "CosineDecay",
        Map.of("initial_learning_rate", 0.003, "decay_steps", 53, "alpha", 0.0),
        8,
        0.002834485610947013,
        9,
        0.002791565377265215,
        22,
        0.0018953806720674038,
        30,
        0.0011910318862646818,
        35,
        0.000775811611674726,
        38,
        0.000554867961909622,
        42,
        0.0003077181172557175,
        54,
        0.0,
        1000,
        0.0);
  }

  /**
   * {@code CosineDecay(initial_learning_rate=0.1, decay_steps=35, alpha=0.0, warmup_target=0.01,
   * warmup_steps=7)}.
   */
  @Test
  void sixth() {
    Rates.check(
        "CosineDecay",
        Map.of(
            "initial_learning_rate",
            0.1,
            "decay_steps",
            35,
            "alpha",
            0.0,
            "warmup_target",
            0.01,
            "warmup_steps",
            7),
        13,
        0.009292243048548698,
        15,
        0.008765357546508312,
        16,
        0.008455312810838223,
        18,
        0.007754484191536903,
        20,
        0.0069651249796152115,
        32,
        0.00188255007378757,
        37,
        0.0004951554583385587,
        48,
        0.0,
        1000,
        0.0);
  }

  @Test
  void refusesStepsOfNoWarmUp() {
    ConfigException error =
        assertThrows(
            ConfigException.class, () -> new CosineDecay.Config(0.1, 10, 0, null, null, 5));
    assertEquals("warmup_steps", error.key());
    assertEquals(
        "has no effect without warmup_target, the rate to go to: set it, or drop warmup_steps",
        error.getMessage());
  }
}
