package org.rondoml.standard.optimizers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.ElementWiseOptimizer;
import org.rondoml.standard.schedules.Constant;

/**
 * Four steps of {@link Steps} by Keras 3.15 and, for tf1 and tf2, by {@code
 * tf_keras.optimizers.legacy}, in float64: {@code for g in G: optimizer.apply_gradients([(g, w)])}.
 */
class AdamTest {
  /** {@code Adam(learning_rate=0.05, beta_1=0.8, beta_2=0.95, epsilon=0.0001)}. */
  @Test
  void withItsKeys() {
    Steps.check(
        "Adam",
        Map.of("learning_rate", 0.05, "beta_1", 0.8, "beta_2", 0.95, "epsilon", 0.0001),
        Semantics.KERAS3,
        0.8887559907451605,
        -0.4212020868231647,
        0.19188746701127257);
  }

  /** {@code Adam()}. */
  @Test
  void withDefaults() {
    Steps.check(
        "Adam",
        Map.of(),
        Semantics.KERAS3,
        0.9976850819813927,
        -0.4982965745376184,
        0.24806741487702963);
  }

  /** {@code Adam(learning_rate=0.05, beta_2=0.5, amsgrad=True)}. */
  @Test
  void withAmsgrad() {
    Steps.check(
        "Adam",
        Map.of("learning_rate", 0.05, "beta_2", 0.5, "amsgrad", true),
        Semantics.KERAS3,
        0.89298179485084,
        -0.4191355130073991,
        0.16543645640691268);
  }

  /** {@code legacy.Adam(learning_rate=0.05, beta_2=0.5, amsgrad=True)}. */
  @Test
  void withAmsgradBeforeKeras3() {
    Steps.check(
        "Adam",
        Map.of("learning_rate", 0.05, "beta_2", 0.5, "amsgrad", true),
        Semantics.TF2,
        0.8929817694691784,
        -0.4191354947265014,
        0.16543643550124199);
  }

  /** {@code legacy.Adam(learning_rate=0.05, decay=0.3)}. */
  @Test
  void withDecay() {
    Steps.check(
        "Adam",
        Map.of("learning_rate", 0.05, "decay", 0.3),
        Semantics.TF1,
        0.9037080315736865,
        -0.4275229372353151,
        0.17682545761806692);
  }

  @Test
  void namesItsSlotsAsKeras() {
    assertEquals(List.of("momentum", "velocity"), slots(false));
    assertEquals(List.of("momentum", "velocity", "velocity_hat"), slots(true));
  }

  private static List<String> slots(boolean amsgrad) {
    Adam.Config config =
        new Adam.Config(new Constant(new Constant.Config(1)), 0.9, 0.999, 1e-7, amsgrad);
    return new Adam(config, Semantics.KERAS3)
        .slots().stream().map(ElementWiseOptimizer.Slot::name).toList();
  }

  /** {@code Adam(learning_rate=0.05, beta_2=0.9)} of a table. */
  @Test
  void ofATable() {
    Steps.checkTable(
        "Adam",
        Map.of("learning_rate", 0.05, "beta_2", 0.9),
        Semantics.KERAS3,
        0.9032392429147365,
        -0.43327328948173705,
        0.2301196605224825,
        0.7465336014528638,
        1.845260392629384,
        -0.8301033479841446,
        0.5559512764996128,
        -0.305951246281526,
        -2.055933211912223);
  }

  /** {@code legacy.Adam(learning_rate=0.05, beta_2=0.9)} of a table. */
  @Test
  void ofATableBeforeKeras3() {
    Steps.checkTable(
        "Adam",
        Map.of("learning_rate", 0.05, "beta_2", 0.9),
        Semantics.TF1,
        0.8475269075392635,
        -0.35108758445085836,
        0.17002306364719513,
        0.7465336007151534,
        1.8452603739523015,
        -0.8301033272526881,
        0.5559512836644711,
        -0.3059512534463838,
        -2.0559332190768114);
  }
}
