package org.rondoml.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondoml.api.RondoException;
import org.rondoml.api.Semantics;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.ComponentProvider;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Optimizer;

/** The defaults that records declare can be read, in every generation, and make a component. */
class DefaultsTest {
  /** What the few components need that can't be made of defaults alone. */
  private static final Map<String, Map<String, ?>> REQUIRED =
      Map.ofEntries(
          Map.entry("Layer Input", Map.of("shape", List.of(28, 28))),
          Map.entry("Layer Dense", Map.of("units", 10)),
          Map.entry("Layer Dropout", Map.of("rate", 0.2)),
          Map.entry("Layer Activation", Map.of("activation", "relu")),
          Map.entry("Regularizer L1L2", Map.of("l2", 0.1)),
          Map.entry("Regularizer l1_l2", Map.of("l2", 0.1)),
          Map.entry("Schedule Constant", Map.of("value", 0.1)),
          Map.entry("Schedule CosineDecay", decay("decay_steps")),
          Map.entry("Schedule CosineDecayRestarts", decay("first_decay_steps")),
          Map.entry("Schedule ExponentialDecay", decay("decay_steps", "decay_rate")),
          Map.entry("Schedule InverseTimeDecay", decay("decay_steps", "decay_rate")),
          Map.entry("Schedule PolynomialDecay", decay("decay_steps")),
          Map.entry(
              "Schedule PiecewiseConstantDecay",
              Map.of("boundaries", List.of(5), "values", List.of(0.1, 0.01))));

  private static Map<String, ?> decay(String... keys) {
    Map<String, Object> config = new HashMap<>(Map.of("initial_learning_rate", 0.1));
    for (String key : keys) {
      config.put(key, 2);
    }
    return config;
  }

  private final Registry registry = Registry.load(DefaultsTest.class.getClassLoader());

  @ParameterizedTest
  @MethodSource("org.rondoml.standard.ProvidersTest#providers")
  void makeAComponent(ComponentProvider<?, ?> provider) {
    Map<String, ?> given =
        REQUIRED.getOrDefault(provider.kind().getSimpleName() + " " + provider.id(), Map.of());
    for (Semantics semantics : Semantics.values()) {
      Object made = registry.create(provider.kind(), provider.id(), given, semantics);
      assertInstanceOf(provider.kind(), made);
    }
  }

  @Test
  void theOldNameOfTheLearningRateIsUnderstoodWhereItWas() {
    Optimizer adam = registry.create(Optimizer.class, "adam", Map.of("lr", 0.5), Semantics.TF1);
    assertEquals(0.5, adam.learningRate().at(0));
  }

  @Test
  void aRateOutsideItsBoundsIsAnError() {
    for (double rate : Arrays.asList(-0.1, 1.0)) {
      assertThrows(
          RondoException.class,
          () -> registry.create(Layer.class, "Dropout", Map.of("rate", rate), Semantics.KERAS3));
    }
  }
}
