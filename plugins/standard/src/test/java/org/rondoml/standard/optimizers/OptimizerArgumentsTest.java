package org.rondoml.standard.optimizers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondoml.api.Problem;
import org.rondoml.api.Semantics;
import org.rondoml.core.config.Bound;
import org.rondoml.core.config.Location;
import org.rondoml.core.config.Node;
import org.rondoml.core.config.Place;
import org.rondoml.core.config.Problems;
import org.rondoml.core.config.WithArguments;
import org.rondoml.core.engine.Optimization;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Optimizer;
import org.rondoml.core.spi.OptimizerArguments;

/** The keys that every optimizer has, in each generation. */
class OptimizerArgumentsTest {
  private static final Registry REGISTRY =
      Registry.load(OptimizerArgumentsTest.class.getClassLoader());

  private static Bound<WithArguments<Optimizer, OptimizerArguments>> bind(
      String id, Map<String, ?> config, Semantics semantics, Problems problems) {
    return REGISTRY
        .binder(semantics, problems)
        .withArguments(
            Optimizer.class,
            OptimizerArguments.class,
            Node.single(id, Location.NONE, Node.of(config)),
            Place.root(Location.NONE));
  }

  private static String mistake(String id, Map<String, ?> config, Semantics semantics) {
    Problems problems = new Problems();
    bind(id, config, semantics, problems);
    List<Problem> found = problems.sorted();
    assertEquals(1, found.size(), found.toString());
    return found.get(0).toString();
  }

  @Test
  void keras3KnowsThemForEveryOptimizer() {
    Map<String, ?> all =
        Map.of(
            "weight_decay",
            0.1,
            "global_clipnorm",
            2,
            "use_ema",
            true,
            "ema_momentum",
            0.5,
            "ema_overwrite_frequency",
            3,
            "loss_scale_factor",
            8,
            "gradient_accumulation_steps",
            4,
            "name",
            "mine");
    REGISTRY
        .components(Optimizer.class)
        .forEach(
            component -> {
              Optimization optimization = Steps.optimization(component.id(), all, Semantics.KERAS3);
              assertTrue(optimization.arguments().useEma(), component.id());
              assertFalse(optimization.optimizer().isLegacy(), component.id());
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SGD", "RMSprop", "Adam", "Adamax", "Nadam", "Adagrad", "Adadelta", "Ftrl"})
  void optimizersOfBeforeKeras211KnowFewOfThem(String id) {
    Map<String, ?> known = Map.of("clipnorm", 1, "clipvalue", 2, "name", "mine");
    assertTrue(Steps.optimization(id, known, Semantics.TF1).optimizer().isLegacy());
    for (String key : List.of("weight_decay", "ema_momentum")) {
      assertEquals(
          id
              + "."
              + key
              + ": not known in semantics: tf2, whose "
              + id
              + " is that of before Keras 2.11; drop it, take AdamW, or write semantics: keras3",
          mistake(id, Map.of(key, 0.99), Semantics.TF2));
    }
    Problems problems = new Problems();
    String resolved = bind(id, Map.of(), Semantics.TF2, problems).resolved().toString();
    assertFalse(resolved.contains("ema"), resolved);
    assertTrue(resolved.contains("clipnorm"), resolved);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AdamW", "Lion", "Adafactor"})
  void optimizersOfAfterKeras211KnowNoDecay(String id) {
    assertTrue(Steps.optimization(id, Map.of("use_ema", true), Semantics.TF2).arguments().useEma());
    assertEquals(
        id
            + ".decay: "
            + id
            + " has no decay; write the same as learning_rate: {InverseTimeDecay:"
            + " {initial_learning_rate: ..., decay_steps: 1, decay_rate: ...}}",
        mistake(id, Map.of("decay", 0.1), Semantics.TF2));
  }

  /** tf_keras puts schedule_decay in its place. */
  @Test
  void nadamPassesOverDecay() {
    assertEquals(
        (float) 0.1,
        Steps.optimization("Nadam", Map.of("decay", 0.1), Semantics.TF1).learningRate(0.1, 9));
  }

  @Test
  void keras3KnowsNoDecay() {
    assertEquals(
        "Adam.decay: not known in semantics: keras3; Keras 3 has no decay: write semantics: tf2 to"
            + " keep it, or the same as learning_rate: {InverseTimeDecay: {initial_learning_rate:"
            + " ..., decay_steps: 1, decay_rate: ...}}",
        mistake("Adam", Map.of("decay", 0.1), Semantics.KERAS3));
  }

  /** What the message says is so: the two learning rates are the same at every step. */
  @Test
  void aScheduleDoesWhatDecayDid() {
    Map<String, ?> schedule =
        Map.of("initial_learning_rate", 0.1, "decay_steps", 1, "decay_rate", 0.25);
    Optimization now =
        Steps.optimization(
            "SGD", Map.of("learning_rate", Map.of("InverseTimeDecay", schedule)), Semantics.KERAS3);
    Optimization then =
        Steps.optimization("SGD", Map.of("learning_rate", 0.1, "decay", 0.25), Semantics.TF2);
    for (int step = 0; step < 20; step++) {
      assertEquals(
          then.learningRate(then.optimizer().learningRate().at(step), step),
          now.learningRate(now.optimizer().learningRate().at(step), step),
          1e-8);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clipnorm | 0 | found 0, expected a number greater than 0",
        "clipvalue | -1 | found -1, expected a number greater than 0",
        "weight_decay | -0.5 | found -0.5, expected a number of at least 0",
        "gradient_accumulation_steps | 1 | found 1, expected a number of at least 2",
        "ema_overwrite_frequency | 0 | found 0, expected a number of at least 1",
        "ema_momentum | 1.5 | found 1.5, expected a number of at least 0 and of at most 1",
        "loss_scale_factor | 0 | found 0, expected a number greater than 0",
      })
  void boundsAreToldInWords(String key, double value, String message) {
    Number number = value == Math.rint(value) ? (Number) (int) value : (Number) value;
    assertEquals(
        "Adam." + key + ": " + message, mistake("Adam", Map.of(key, number), Semantics.KERAS3));
  }

  @Test
  void whatAccumulatesIsNotKnownBeforeKeras3() {
    assertEquals(
        "AdamW.gradient_accumulation_steps: not known in semantics: tf2; write semantics: keras3 to"
            + " have it, or drop it and set a larger batch_size",
        mistake("AdamW", Map.of("gradient_accumulation_steps", 2), Semantics.TF2));
  }

  @Test
  void anAverageIsSpokenOfOnlyWhereItIsKept() {
    assertEquals(
        "Adam.ema_overwrite_frequency: has no effect without a moving average of the weights: set"
            + " use_ema: true, or drop it",
        mistake("Adam", Map.of("ema_overwrite_frequency", 2), Semantics.KERAS3));
  }

  @Test
  void theWeightDecayOfAdamWIsItsOwn() {
    assertEquals(
        0.004, Steps.optimization("AdamW", Map.of(), Semantics.KERAS3).optimizer().weightDecay());
    assertEquals(
        0.5,
        Steps.optimization("adamw", Map.of("weight_decay", 0.5), Semantics.TF2)
            .optimizer()
            .weightDecay());
  }

  /** A config as Keras itself writes it, with every default. */
  @Test
  void whatKerasWritesIsUnderstood() {
    Map<String, ?> config =
        Map.of("use_ema", false, "ema_momentum", 0.99, "name", "adam", "learning_rate", 0.001);
    assertEquals(
        OptimizerArguments.NONE.emaMomentum(),
        Steps.optimization("Adam", config, Semantics.KERAS3).arguments().emaMomentum());
  }
}
