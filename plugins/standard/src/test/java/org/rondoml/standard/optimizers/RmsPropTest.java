package org.rondoml.standard.optimizers;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Semantics;

/**
 * Four steps of {@link Steps} by Keras 3.15 and, for tf1 and tf2, by {@code
 * tf_keras.optimizers.legacy}, in float64: {@code for g in G: optimizer.apply_gradients([(g, w)])}.
 */
class RmsPropTest {
  /** {@code RMSprop()}. */
  @Test
  void withDefaults() {
    Steps.check(
        "RMSprop",
        Map.of(),
        Semantics.KERAS3,
        0.9954000213420496,
        -0.4975479879118482,
        0.24463437992839426);
  }

  /** {@code legacy.RMSprop()}. */
  @Test
  void withDefaultsBeforeKeras3() {
    Steps.check(
        "RMSprop",
        Map.of(),
        Semantics.TF1,
        0.9953998711719482,
        -0.49754798815054957,
        0.2431107106801956);
  }

  /** {@code RMSprop(learning_rate=0.05, rho=0.7, epsilon=0.001)}. */
  @Test
  void withItsKeys() {
    Steps.check(
        "RMSprop",
        Map.of("learning_rate", 0.05, "rho", 0.7, "epsilon", 0.001),
        Semantics.KERAS3,
        0.8838778820609479,
        -0.4252720755597355,
        0.1571858376360989);
  }

  /** {@code legacy.RMSprop(learning_rate=0.05, rho=0.7, epsilon=0.001, decay=0.1)}. */
  @Test
  void withItsKeysBeforeKeras3() {
    Steps.check(
        "RMSprop",
        Map.of("learning_rate", 0.05, "rho", 0.7, "epsilon", 0.001, "decay", 0.1),
        Semantics.TF2,
        0.8725679577020722,
        -0.42875286999662776,
        0.15322595387608529);
  }

  /** {@code RMSprop(learning_rate=0.05, momentum=0.6, epsilon=0.001)}. */
  @Test
  void withMomentum() {
    Steps.check(
        "RMSprop",
        Map.of("learning_rate", 0.05, "momentum", 0.6, "epsilon", 0.001),
        Semantics.KERAS3,
        0.5894569778964074,
        -0.27181583507213225,
        0.08957445645499537);
  }

  /** {@code legacy.RMSprop(learning_rate=0.05, momentum=0.6, epsilon=0.001)}. */
  @Test
  void withMomentumBeforeKeras3() {
    Steps.check(
        "RMSprop",
        Map.of("learning_rate", 0.05, "momentum", 0.6, "epsilon", 0.001),
        Semantics.TF2,
        0.5894569917151558,
        -0.27181585101861,
        0.08957447280458711);
  }

  /** {@code RMSprop(learning_rate=0.05, centered=True, epsilon=0.001)}. */
  @Test
  void centered() {
    Steps.check(
        "RMSprop",
        Map.of("learning_rate", 0.05, "centered", true, "epsilon", 0.001),
        Semantics.KERAS3,
        0.8047817994988216,
        -0.36872958683884205,
        0.08199089445813254);
  }

  /** {@code legacy.RMSprop(learning_rate=0.05, centered=True, epsilon=0.001)}. */
  @Test
  void centeredBeforeKeras3() {
    Steps.check(
        "RMSprop",
        Map.of("learning_rate", 0.05, "centered", true, "epsilon", 0.001),
        Semantics.TF2,
        0.7565275974730683,
        -0.3687609016320476,
        0.04564597338455284);
  }

  /** {@code RMSprop(learning_rate=0.05, centered=True, momentum=0.3, epsilon=0.001)}. */
  @Test
  void centeredWithMomentum() {
    Steps.check(
        "RMSprop",
        Map.of("learning_rate", 0.05, "centered", true, "momentum", 0.3, "epsilon", 0.001),
        Semantics.KERAS3,
        0.718092776632538,
        -0.33289700148618706,
        0.08152145997647672);
  }

  /** {@code legacy.RMSprop(learning_rate=0.05, centered=True, momentum=0.3, epsilon=0.001)}. */
  @Test
  void centeredWithMomentumBeforeKeras3() {
    Steps.check(
        "RMSprop",
        Map.of("learning_rate", 0.05, "centered", true, "momentum", 0.3, "epsilon", 0.001),
        Semantics.TF1,
        0.718092786503423,
        -0.33289701334046257,
        0.08152147503347945);
  }

  /** {@code RMSprop(learning_rate=0.05, momentum=0.6, epsilon=0.001)} of a table. */
  @Test
  void ofATable() {
    Steps.checkTable(
        "RMSprop",
        Map.of("learning_rate", 0.05, "momentum", 0.6, "epsilon", 0.001),
        Semantics.KERAS3,
        0.7015132307350307,
        -0.30698686316206836,
        0.18057321508875973,
        0.7729261562500283,
        1.5771066345084832,
        -0.9996696052972224,
        0.74,
        -0.4762741699796953,
        -2.002529695646514);
  }

  /** {@code legacy.RMSprop(learning_rate=0.05, epsilon=0.001)} of a table. */
  @Test
  void ofATableBeforeKeras3() {
    Steps.checkTable(
        "RMSprop",
        Map.of("learning_rate", 0.05, "epsilon", 0.001),
        Semantics.TF2,
        0.7028432528848603,
        -0.2655300829470751,
        0.1132238651462942,
        0.7586936836892866,
        1.8017523315995303,
        -0.9950989138836069,
        0.6564645851714842,
        -0.4056527802604397,
        -2.037987345810481);
  }

  /**
   * {@code legacy.RMSprop(learning_rate=0.05, momentum=0.6, centered=True, epsilon=0.001)} of a
   * table.
   */
  @Test
  void ofATableBeforeKeras3WithMomentum() {
    Steps.checkTable(
        "RMSprop",
        Map.of("learning_rate", 0.05, "momentum", 0.6, "centered", true, "epsilon", 0.001),
        Semantics.TF2,
        0.6442909079349481,
        -0.0851396300502672,
        0.08547803339101417,
        0.8380169673291646,
        1.6900606200071042,
        -0.9997849651507436,
        0.6572427130203438,
        -0.39744194612485895,
        -2.0015810677071837);
  }
}
