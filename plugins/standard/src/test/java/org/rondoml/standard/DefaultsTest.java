package org.rondoml.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondoml.api.ModelFileException;
import org.rondoml.api.RondoException;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.config.ConfigSchema;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.ComponentProvider;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Optimizer;
import org.rondoml.core.spi.Schedule;

/** The defaults that records declare can be read, in every generation, and make a component. */
class DefaultsTest {
  /** Required keys that don't go together when each has a value of its own. */
  private static final Map<String, Map<String, ?>> TOGETHER =
      Map.of(
          "Layer Input",
          Map.of("shape", List.of(28, 28)),
          "Layer Permute",
          Map.of("dims", List.of(2, 1)),
          "Schedule PiecewiseConstantDecay",
          Map.of("boundaries", List.of(5), "values", List.of(0.1, 0.01)),
          "Regularizer L1L2",
          Map.of("l2", 0.1),
          "Regularizer l1_l2",
          Map.of("l2", 0.1),
          "Metric F1Score",
          Map.of("average", "macro"),
          "Metric FBetaScore",
          Map.of("average", "macro"),
          "Metric IoU",
          Map.of("num_classes", 2, "target_class_ids", List.of(0)),
          "Metric OneHotIoU",
          Map.of("num_classes", 2, "target_class_ids", List.of(0)));

  private final Registry registry = Registry.load(DefaultsTest.class.getClassLoader());

  /** A generation that doesn't know a component says so; all others make it. */
  @ParameterizedTest
  @MethodSource("org.rondoml.standard.ProvidersTest#providers")
  void makeAComponent(ComponentProvider<?, ?> provider) {
    Map<String, ?> given = required(provider);
    int makers = 0;
    for (Semantics semantics : Semantics.values()) {
      try {
        Object made = registry.create(provider.kind(), provider.id(), given, semantics);
        assertInstanceOf(provider.kind(), made);
        makers++;
      } catch (ModelFileException e) {
        assertTrue(String.valueOf(e.getMessage()).contains("semantics"), e.getMessage());
      }
    }
    assertTrue(makers > 0, "no generation knows " + provider.id());
  }

  private Map<String, ?> required(ComponentProvider<?, ?> provider) {
    Map<String, ?> together = TOGETHER.get(provider.kind().getSimpleName() + " " + provider.id());
    if (together != null) {
      return together;
    }
    Map<String, Object> values = new HashMap<>();
    for (ConfigSchema.Key key : registry.schemas().of(provider.configType()).keys()) {
      if (key.required()) {
        values.put(key.name(), valueOf(key.type()));
      }
    }
    return values;
  }

  /** A value that a key of a type may have. */
  private static Object valueOf(Type type) {
    if (type instanceof ParameterizedType generic) {
      return List.of(valueOf(generic.getActualTypeArguments()[0]));
    }
    if (type == double.class || type == Double.class) {
      return 0.5;
    }
    if (type == String.class || type == Path.class) {
      return "name";
    }
    if (type == Activation.class) {
      return "relu";
    }
    if (type == Schedule.class) {
      return 0.1;
    }
    return type == Shape.class ? List.of(4) : (Object) 2;
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
