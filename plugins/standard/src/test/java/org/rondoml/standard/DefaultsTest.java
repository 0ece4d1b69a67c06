package org.rondoml.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
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
          Map.entry("Layer SpatialDropout1D", Map.of("rate", 0.2)),
          Map.entry("Layer AlphaDropout", Map.of("rate", 0.2)),
          Map.entry("Layer GaussianDropout", Map.of("rate", 0.2)),
          Map.entry("Layer GaussianNoise", Map.of("stddev", 0.2)),
          Map.entry("Layer Activation", Map.of("activation", "relu")),
          Map.entry("Layer Embedding", Map.of("input_dim", 10, "output_dim", 3)),
          Map.entry("Layer Reshape", Map.of("target_shape", List.of(-1, 3))),
          Map.entry("Layer Permute", Map.of("dims", List.of(2, 1))),
          Map.entry("Layer RepeatVector", Map.of("n", 3)),
          Map.entry("Layer Dot", Map.of("axes", 1)),
          Map.entry("Layer MultiHeadAttention", Map.of("num_heads", 2, "key_dim", 3)),
          Map.entry("Schedule Constant", Map.of("value", 0.1)));

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
    Optimizer adam =
        registry.create(Optimizer.class, "adam", Map.of("lr", 0.5, "decay", 0.1), Semantics.TF1);
    assertEquals(0.5, adam.learningRate().at(0));
  }

  @Test
  void decayInKeras3IsAnErrorWithTheCure() {
    RondoException error =
        assertThrows(
            RondoException.class,
            () -> registry.create(Optimizer.class, "Adam", Map.of("decay", 0.1), Semantics.KERAS3));
    assertTrue(
        String.valueOf(error.getMessage()).contains("write semantics: tf2 to keep it"),
        error.getMessage());
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
