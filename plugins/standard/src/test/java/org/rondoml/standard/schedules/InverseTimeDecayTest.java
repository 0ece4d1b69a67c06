package org.rondoml.standard.schedules;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Rates by {@code keras.optimizers.schedules} of Keras 3.15 and of tf_keras, which agree, within a
 * {@code tf.function} as in training.
 */
class InverseTimeDecayTest {
  /**
   * {@code InverseTimeDecay(initial_learning_rate=0.003, decay_steps=3, decay_rate=0.956,
   * staircase=True)}.
   */
  @Test
  void first() {
    Rates.check(
        "InverseTimeDecay",
        Map.of(
            "initial_learning_rate",
            0.003,
            "decay_steps",
            3,
            "decay_rate",
            0.956,
            "staircase",
            true),
        20,
        0.0004453681758604944,
        21,
        0.00039001560071483254,
        35,
        0.00026050713495351374,
        36,
        0.00024053880770225078,
        44,
        0.00020856507762800902,
        50,
        0.0001840942568378523,
        52,
        0.00017389289860147983,
        56,
        0.0001647627359488979,
        1000,
        9.394140761287417e-06);
  }

  /**
   * {@code InverseTimeDecay(initial_learning_rate=0.003, decay_steps=10, decay_rate=0.161,
   * staircase=True)}.
   */
  @Test
  void second() {
    Rates.check(
        "InverseTimeDecay",
        Map.of(
            "initial_learning_rate",
            0.003,
            "decay_steps",
            10,
            "decay_rate",
            0.161,
            "staircase",
            true),
        3,
        0.003000000026077032,
        4,
        0.003000000026077032,
        17,
        0.002583979396149516,
        30,
        0.002022926462814212,
        42,
        0.0018248175038024783,
        44,
        0.0018248175038024783,
        46,
        0.0018248175038024783,
        57,
        0.0016620497917756438,
        1000,
        0.00017543858848512173);
  }

  /**
   * {@code InverseTimeDecay(initial_learning_rate=0.0936, decay_steps=10, decay_rate=0.353,
   * staircase=True)}.
   */
  @Test
  void third() {
    Rates.check(
        "InverseTimeDecay",
        Map.of(
            "initial_learning_rate",
            0.0936,
            "decay_steps",
            10,
            "decay_rate",
            0.353,
            "staircase",
            true),
        1,
        0.09359999746084213,
        7,
        0.09359999746084213,
        10,
        0.06917960196733475,
        22,
        0.05486518144607544,
        29,
        0.05486518144607544,
        39,
        0.04545895755290985,
        42,
        0.038805969059467316,
        58,
        0.03385172039270401,
        1000,
        0.0025785122998058796);
  }

  /**
   * {@code InverseTimeDecay(initial_learning_rate=0.01, decay_steps=7, decay_rate=0.215,
   * staircase=True)}.
   */
  @Test
  void fourth() {
    Rates.check(
        "InverseTimeDecay",
        Map.of(
            "initial_learning_rate",
            0.01,
            "decay_steps",
            7,
            "decay_rate",
            0.215,
            "staircase",
            true),
        5,
        0.009999999776482582,
        10,
        0.008230452425777912,
        25,
        0.006079027429223061,
        28,
        0.005376344081014395,
        31,
        0.005376344081014395,
        55,
        0.003992015495896339,
        58,
        0.0036764703691005707,
        59,
        0.0036764703691005707,
        1000,
        0.00031715823570266366);
  }

  /**
   * {@code InverseTimeDecay(initial_learning_rate=0.01, decay_steps=10, decay_rate=0.869,
   * staircase=True)}.
   */
  @Test
  void fifth() {
    Rates.check(
        "InverseTimeDecay",
        Map.of(
            "initial_learning_rate",
            0.01,
            "decay_steps",
            10,
            "decay_rate",
            0.869,
            "staircase",
            true),
        5,
        0.009999999776482582,
        9,
        0.009999999776482582,
        14,
        0.005350454710423946,
        22,
        0.0036523009184747934,
        24,
        0.0036523009184747934,
        26,
        0.0036523009184747934,
        43,
        0.0022341376170516014,
        56,
        0.0018709072610363364,
        1000,
        0.00011376563634257764);
  }

  /**
   * {@code InverseTimeDecay(initial_learning_rate=0.01, decay_steps=5, decay_rate=0.111,
   * staircase=False)}.
   */
  @Test
  void sixth() {
    Rates.check(
        "InverseTimeDecay",
        Map.of(
            "initial_learning_rate",
            0.01,
            "decay_steps",
            5,
            "decay_rate",
            0.111,
            "staircase",
            false),
        0,
        0.009999999776482582,
        9,
        0.008334722369909286,
        11,
        0.008037293329834938,
        16,
        0.007378984242677689,
        18,
        0.007144898176193237,
        23,
        0.006619885563850403,
        26,
        0.006340349558740854,
        34,
        0.005698654800653458,
        1000,
        0.00043103445204906166);
  }
}
