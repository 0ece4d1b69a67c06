package org.rondoml.standard.optimizers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.api.ModelFileException;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Gradient;
import org.rondoml.core.spi.Optimizer;
import org.rondoml.standard.schedules.Constant;

/**
 * Four steps of {@link Steps} by Keras 3.15 and, for tf1 and tf2, by {@code
 * tf_keras.optimizers.legacy}, in float64: {@code for g in G: optimizer.apply_gradients([(g, w)])}.
 */
class NadamTest {
  /** {@code Nadam()}. */
  @Test
  void withDefaults() {
    Steps.check(
        "Nadam",
        Map.of(),
        Semantics.KERAS3,
        0.9983390672430701,
        -0.4990345638594362,
        0.2475126873597053);
  }

  /** {@code legacy.Nadam()}. */
  @Test
  void withDefaultsBeforeKeras3() {
    Steps.check(
        "Nadam",
        Map.of(),
        Semantics.TF2,
        0.9983737528193757,
        -0.49904213342319464,
        0.24737968367384036);
  }

  /** {@code Nadam(learning_rate=0.05, beta_1=0.7, beta_2=0.8, epsilon=0.001)}. */
  @Test
  void withItsKeys() {
    Steps.check(
        "Nadam",
        Map.of("learning_rate", 0.05, "beta_1", 0.7, "beta_2", 0.8, "epsilon", 0.001),
        Semantics.KERAS3,
        0.9115421620815946,
        -0.4454737564349496,
        0.16334136306076297);
  }

  /**
   * {@code legacy.Nadam(learning_rate=0.05, beta_1=0.7, beta_2=0.8, epsilon=0.001,
   * schedule_decay=0.1)}.
   */
  @Test
  void withItsKeysBeforeKeras3() {
    Steps.check(
        "Nadam",
        Map.of(
            "learning_rate",
            0.05,
            "beta_1",
            0.7,
            "beta_2",
            0.8,
            "epsilon",
            0.001,
            "schedule_decay",
            0.1),
        Semantics.TF1,
        0.9136497301586852,
        -0.44619760298077826,
        0.16062264381416053);
  }

  @Test
  void refusesAScheduleBeforeKeras3() {
    Map<String, ?> schedule =
        Map.of(
            "ExponentialDecay",
            Map.of("initial_learning_rate", 0.1, "decay_steps", 2, "decay_rate", 0.5));
    Map<String, ?> config = Map.of("learning_rate", schedule);
    Registry registry = Registry.load(NadamTest.class.getClassLoader());
    registry.create(Optimizer.class, "Nadam", config, Semantics.KERAS3);
    ModelFileException error =
        assertThrows(
            ModelFileException.class,
            () -> registry.create(Optimizer.class, "Nadam", config, Semantics.TF2));
    assertEquals(
        "Nadam.learning_rate.ExponentialDecay: Nadam takes no schedule in semantics: tf2: give it a number, or write"
            + " semantics: keras3",
        error.getMessage());
  }

  /** The product of the momentums ends in zero, not in numbers too small to be normal. */
  @Test
  void goesOnAfterManySteps() {
    Nadam nadam =
        new Nadam(
            new Nadam.Config(new Constant(new Constant.Config(0.1)), 0.9, 0.999, 1e-7, 0.004),
            Semantics.TF2);
    Vec w = Vec.zeros(Precision.FLOAT64, 1);
    Vec g = Vec.zeros(Precision.FLOAT64, 1).fill(2);
    nadam
        .step(1_000_000_000L, 0.1)
        .update(
            w,
            Gradient.of(g),
            List.of(
                Vec.zeros(Precision.FLOAT64, 1).fill(2), Vec.zeros(Precision.FLOAT64, 1).fill(4)));
    assertEquals(-0.1, w.get(0), 1e-8);
  }

  /** {@code Nadam(learning_rate=0.05)} of a table. */
  @Test
  void ofATable() {
    Steps.checkTable(
        "Nadam",
        Map.of("learning_rate", 0.05),
        Semantics.KERAS3,
        0.9256940180070619,
        -0.4602245392389334,
        0.2525157912215712,
        0.7518458907372083,
        1.9212025621315512,
        -0.9042866415928128,
        0.5583800673582517,
        -0.3083800502923532,
        -2.0583698637348533);
  }

  /** {@code legacy.Nadam(learning_rate=0.05)} of a table. */
  @Test
  void ofATableBeforeKeras3() {
    Steps.checkTable(
        "Nadam",
        Map.of("learning_rate", 0.05),
        Semantics.TF2,
        0.8876223401461807,
        -0.41436971114442717,
        0.19194804765671628,
        0.7554779228119841,
        1.9314398898750853,
        -0.9157110982736378,
        0.5564295656753742,
        -0.3064295493937199,
        -2.05641983092297);
  }
}
