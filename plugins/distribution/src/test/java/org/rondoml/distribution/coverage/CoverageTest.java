package org.rondoml.distribution.coverage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondoml.core.registry.Component;
import org.rondoml.core.registry.Registry;
import org.rondoml.distribution.reference.SourceDocs;

/**
 * Every shipped component that computes something is in a golden fixture, which compares it with
 * Keras, and every layer has a test that holds it to the contract of the test kit. A component
 * without is named here, with the reason.
 */
class CoverageTest {
  private static final Set<String> KINDS =
      Set.of(
          "layer",
          "optimizer",
          "loss",
          "metric",
          "activation",
          "initializer",
          "regularizer",
          "constraint",
          "schedule");

  /** Components that no fixture can hold, and why. */
  private static final Map<String, String> WITHOUT_FIXTURE =
      Map.of(
          "initializer STFT", "needs SciPy beside Keras; STFTTest has Keras' values",
          "loss crossentropy", "stands for one of three that fixtures have; KerasLossesTest",
          "metric crossentropy", "stands for one of three that fixtures have; KerasMetricsTest",
          "regularizer l1_l2", "another default of L1L2, which fixtures have; L1L2Test");

  /** Layers that the contract doesn't fit, and why. */
  private static final Map<String, String> WITHOUT_CONTRACT =
      Map.of(
          "layer Input", "computes nothing: the engine feeds it",
          "layer Shared", "computes nothing: the layer that it stands for does");

  private final Registry registry = Registry.load(CoverageTest.class.getClassLoader());

  @TempDir private Path temporary = Path.of("");

  private Stream<Component<?>> computing() {
    return registry.components().stream().filter(c -> KINDS.contains(c.kindName()));
  }

  private static String named(Component<?> component) {
    return component.kindName() + " " + component.id();
  }

  private static List<Path> models() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/resources/golden"))) {
      return files.filter(file -> file.endsWith("model.yaml")).sorted().toList();
    }
  }

  @Test
  void everyComponentIsInAFixture() throws IOException {
    NamedComponents fixtures = new NamedComponents(registry);
    models().forEach(fixtures::add);
    List<String> missing =
        computing()
            .filter(c -> !fixtures.contains(c.kindName(), c.id()))
            .map(CoverageTest::named)
            .filter(name -> !WITHOUT_FIXTURE.containsKey(name))
            .toList();
    assertEquals(
        List.of(),
        missing,
        "no model.yaml in golden/ names them: add a case to golden/cases.yaml, and make it with"
            + " golden/generate.py");
    WITHOUT_FIXTURE
        .keySet()
        .forEach(
            name ->
                assertTrue(
                    computing()
                        .anyMatch(
                            c -> named(c).equals(name) && !fixtures.contains(c.kindName(), c.id())),
                    name + " is excepted without need"));
  }

  @Test
  void everyLayerIsHeldToTheContract() {
    Map<Path, LayerTests> tests = new HashMap<>();
    List<String> missing = new ArrayList<>();
    Set<String> excepted = new TreeSet<>(WITHOUT_CONTRACT.keySet());
    computing()
        .filter(c -> c.kindName().equals("layer"))
        .filter(c -> !tests.computeIfAbsent(module(c), LayerTests::new).hold(c))
        .filter(c -> !excepted.remove(named(c)))
        .forEach(c -> missing.add(named(c) + " (" + c.type().getName() + "Test)"));
    assertEquals(
        List.of(),
        missing,
        "no test class that extends the test kit's LayerContract is, or is inside of, theirs, or names"
            + " them");
    assertEquals(Set.of(), excepted, "excepted without need");
  }

  private static Path module(Component<?> component) {
    return SourceDocs.module(component);
  }

  @Test
  void namesAreFoundWhereverTheyStand() throws IOException {
    Path model =
        Files.writeString(
            temporary.resolve("model.yaml"),
            """
            rondo: 1
            model:
              layers:
                - Input: {shape: [3]}
                - Dense: {units: 4, activation: relu, kernel_initializer: {Constant: {value: 1}}}
                - {class_name: Dense, config: {units: 4, bias_initializer: {class_name: Ones, config: {}}}}
                - Activation: softplus
                  from: dense
            compile:
              optimizer: {SGD: {learning_rate: 0.5}}
              loss: {a: mse, b: {BinaryCrossentropy: {from_logits: true}}}
              metrics: [[mae], [accuracy, {BinaryAccuracy: {threshold: 0.5}}]]
            """);
    NamedComponents found = new NamedComponents(registry);
    found.add(model);

    assertEquals(
        List.of(
            "activation relu",
            "activation softplus",
            "initializer Constant",
            "initializer Ones",
            "layer Activation",
            "layer Dense",
            "layer Input",
            "loss BinaryCrossentropy",
            "loss MeanSquaredError",
            "metric BinaryAccuracy",
            "metric MeanAbsoluteError",
            "metric accuracy",
            "optimizer SGD",
            "schedule Constant"),
        registry.components().stream()
            .filter(c -> found.contains(c.kindName(), c.id()))
            .map(CoverageTest::named)
            .sorted()
            .toList());
  }
}
