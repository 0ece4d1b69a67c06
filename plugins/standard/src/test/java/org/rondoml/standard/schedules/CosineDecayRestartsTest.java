package org.rondoml.standard.schedules;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Rates by {@code keras.optimizers.schedules} of Keras 3.15 and of tf_keras, which agree, within a
 * {@code tf.function} as in training.
 */
class CosineDecayRestartsTest {
  /**
   * {@code CosineDecayRestarts(initial_learning_rate=0.01, first_decay_steps=2, t_mul=1.5,
   * m_mul=0.8, alpha=0.1)}.
   */
  @Test
  void first() {
    Rates.check(
        "CosineDecayRestarts",
        Map.of(
            "initial_learning_rate",
            0.01,
            "first_decay_steps",
            2,
            "t_mul",
            1.5,
            "m_mul",
            0.8,
            "alpha",
            0.1),
        8,
        0.002439999720081687,
        26,
        0.0010124630061909556,
        32,
        0.0030586032662540674,
        33,
        0.0027680727653205395,
        37,
        0.0016093782614916563,
        42,
        0.0033571498934179544,
        52,
        0.0023342531640082598,
        57,
        0.001554960967041552,
        1000,
        0.0011863245163112879);
  }

  /**
   * {@code CosineDecayRestarts(initial_learning_rate=0.16, first_decay_steps=10, t_mul=1.0,
   * m_mul=0.8, alpha=0.0)}.
   */
  @Test
  void second() {
    Rates.check(
        "CosineDecayRestarts",
        Map.of(
            "initial_learning_rate",
            0.16,
            "first_decay_steps",
            10,
            "t_mul",
            1.0,
            "m_mul",
            0.8,
            "alpha",
            0.0),
        0,
        0.1599999964237213,
        9,
        0.0039154719561338425,
        11,
        0.12486761808395386,
        30,
        0.08192000538110733,
        38,
        0.007822669111192226,
        49,
        0.0016037754248827696,
        51,
        0.051145777106285095,
        55,
        0.026214398443698883,
        1000,
        3.259262304489141e-11);
  }

  /**
   * {@code CosineDecayRestarts(initial_learning_rate=0.1, first_decay_steps=10, t_mul=1.0,
   * m_mul=0.8, alpha=0.1)}.
   */
  @Test
  void third() {
    Rates.check(
        "CosineDecayRestarts",
        Map.of(
            "initial_learning_rate",
            0.1,
            "first_decay_steps",
            10,
            "t_mul",
            1.0,
            "m_mul",
            0.8,
            "alpha",
            0.1),
        3,
        0.08145033568143845,
        6,
        0.04109422490000725,
        12,
        0.07512461394071579,
        15,
        0.04599999636411667,
        35,
        0.03303999826312065,
        49,
        0.01090212445706129,
        50,
        0.0394912026822567,
        56,
        0.020188963040709496,
        1000,
        0.010000000707805157);
  }

  /**
   * {@code CosineDecayRestarts(initial_learning_rate=0.1, first_decay_steps=10, t_mul=2.0,
   * m_mul=0.9, alpha=0.0)}.
   */
  @Test
  void fourth() {
    Rates.check(
        "CosineDecayRestarts",
        Map.of(
            "initial_learning_rate",
            0.1,
            "first_decay_steps",
            10,
            "t_mul",
            2.0,
            "m_mul",
            0.9,
            "alpha",
            0.0),
        4,
        0.06545084714889526,
        20,
        0.044999994337558746,
        28,
        0.0022024582140147686,
        32,
        0.08050137013196945,
        38,
        0.0732651799917221,
        39,
        0.07129643112421036,
        48,
        0.04683558642864227,
        57,
        0.01933879218995571,
        1000,
        0.02011556550860405);
  }

  /**
   * {@code CosineDecayRestarts(initial_learning_rate=0.05, first_decay_steps=7, t_mul=1.5,
   * m_mul=0.9, alpha=0.1)}.
   */
  @Test
  void fifth() {
    Rates.check(
        "CosineDecayRestarts",
        Map.of(
            "initial_learning_rate",
            0.05,
            "first_decay_steps",
            7,
            "t_mul",
            1.5,
            "m_mul",
            0.9,
            "alpha",
            0.1),
        12,
        0.026763278990983963,
        15,
        0.010405692271888256,
        16,
        0.00700537720695138,
        28,
        0.014112497679889202,
        32,
        0.005563565529882908,
        33,
        0.0050226547755301,
        35,
        0.03736286610364914,
        44,
        0.023712273687124252,
        1000,
        0.012548476457595825);
  }

  /**
   * {@code CosineDecayRestarts(initial_learning_rate=0.1, first_decay_steps=7, t_mul=2.0,
   * m_mul=0.8, alpha=0.0)}.
   */
  @Test
  void sixth() {
    Rates.check(
        "CosineDecayRestarts",
        Map.of(
            "initial_learning_rate",
            0.1,
            "first_decay_steps",
            7,
            "t_mul",
            2.0,
            "m_mul",
            0.8,
            "alpha",
            0.0),
        4,
        0.03887394815683365,
        13,
        0.04890083149075508,
        15,
        0.031099149957299232,
        19,
        0.003961239010095596,
        27,
        0.05701861158013344,
        42,
        0.009372572414577007,
        50,
        0.051159728318452835,
        59,
        0.04727613925933838,
        1000,
        0.02018734999001026);
  }
}
