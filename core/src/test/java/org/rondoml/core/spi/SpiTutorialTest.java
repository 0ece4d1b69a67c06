package org.rondoml.core.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.NamedWeight;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.KernelSelection;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.registry.Component;
import org.rondoml.core.registry.Registry;

/**
 * The examples in this package's documentation compile as they stand, are found in a plugin jar,
 * and do what they say.
 */
class SpiTutorialTest {
  private static final Path PAGES = Path.of("src/main/java/org/rondoml/core/spi");
  private static final String LOCATION = "META-INF/rondo/reference/com.acme.Scale.md";

  @TempDir private Path folder = Path.of("");
  private Registry registry = Registry.of(List.of());

  @BeforeEach
  void packTheExamplesIntoAJar() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    compile(classes, "Scale", "package-info.java");
    compile(classes, "Gain", "Layer.java");
    compile(classes, "WeightNorm", "Callback.java");
    compile(classes, "GatedDense", "../samediff/package-info.java");
    Path services = classes.resolve("META-INF/services/org.rondoml.core.spi.ComponentProvider");
    Files.createDirectories(services.getParent());
    Files.write(
        services,
        List.of(
            "com.acme.Scale$Provider",
            "com.acme.Gain$Provider",
            "com.acme.WeightNorm$Provider",
            "com.acme.GatedDense$Provider"));
    Files.createDirectories(classes.resolve(LOCATION).getParent());
    Files.writeString(classes.resolve(LOCATION), "    y = factor * x\n");
    Path plugins = Files.createDirectories(folder.resolve("plugins"));
    pack(classes, plugins.resolve("acme.jar"));
    registry = Registry.load(SpiTutorialTest.class.getClassLoader(), List.of(plugins));
    assertEquals(List.of(), registry.failures());
  }

  private static void compile(Path folder, String name, String page) throws IOException {
    Path source = Files.createDirectories(folder.resolve("com/acme")).resolve(name + ".java");
    Files.writeString(source, example(PAGES.resolve(page)));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of("-proc:none", "-Xlint:all", "-Werror", "-d", folder.toString()),
                null,
                compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
            .call();
    assertTrue(compiled, messages.toString());
  }

  private static String example(Path page) throws IOException {
    String text = Files.readString(page);
    String block =
        text.substring(text.indexOf("{@code\n * package") + 7, text.indexOf(" * }</pre>"));
    assertTrue(block.lines().allMatch(line -> line.length() <= 100), page + ": a line is too long");
    return block
        .lines()
        .map(line -> line.replaceFirst("^ \\* ?", ""))
        .collect(Collectors.joining("\n"));
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(
            new JarEntry(classes.relativize(file).toString().replace(java.io.File.separator, "/")));
        out.write(Files.readAllBytes(file));
      }
    }
  }

  private static LayerRunner runner(Layer layer, int features) {
    return new LayerRunner(
        layer,
        List.of(Shape.of(features)),
        2,
        Precision.FLOAT64,
        KernelSelection.load(SpiTutorialTest.class.getClassLoader()).kernels(Precision.FLOAT64),
        1);
  }

  @Test
  void theLayerMultiplies() {
    Layer scale = registry.create(Layer.class, "Scale", Map.of("factor", 0.5), Semantics.KERAS3);
    INDArray x = Nd4j.createFromArray(new double[][] {{1, -2, 3}, {4, 5, 6}});
    LayerRunner runner = runner(scale, 3);
    assertEquals(x.mul(0.5), runner.forward(List.of(x), true, 0).get(0));
    assertEquals(x.mul(0.5), runner.backward(List.of(x)).inputs().get(0));
  }

  @Test
  void theLayerWithAParameterLearnsIt() throws ReflectiveOperationException {
    INDArray g = Nd4j.createFromArray(2.0, -1.0, 0.5);
    Initializer initializer = (shape, random) -> g.data().asDouble();
    LayerRunner runner = runner(gain(registry.components(Layer.class), initializer), 3);
    INDArray x = Nd4j.createFromArray(new double[][] {{1, -2, 3}, {4, 5, 6}});
    INDArray dy = Nd4j.createFromArray(new double[][] {{1, 1, 2}, {-1, 0.5, 1}});

    assertEquals(x.mulRowVector(g), runner.forward(List.of(x), true, 0).get(0));
    LayerRunner.LayerGradients gradients = runner.backward(List.of(dy));
    assertEquals(dy.mulRowVector(g), gradients.inputs().get(0));
    assertEquals(x.mul(dy).sum(0), gradients.parameters().get("gain"));
  }

  private static Layer gain(List<Component<Layer>> layers, Initializer initializer)
      throws ReflectiveOperationException {
    return create(provider(layers, "acme/Gain"), initializer);
  }

  private static ComponentProvider<?, Layer> provider(List<Component<Layer>> layers, String id) {
    return layers.stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow().provider();
  }

  @Test
  void theLayerWrittenWithSameDiffIsGatedAndLearns() throws ReflectiveOperationException {
    ComponentProvider<?, Layer> provider =
        provider(registry.components(Layer.class), "acme/GatedDense");
    Layer layer = gatedDense(provider, 1, (shape, random) -> shape.rank() == 2 ? kernel() : bias());
    LayerRunner runner = runner(layer, 3);
    assertEquals(List.of("kernel", "bias", "gate_kernel", "gate_bias"), runner.parameterNames());

    // The kernels are (0.5, -1, 2) and the biases 0.25, so x W + b = x V + c.
    INDArray x = Nd4j.createFromArray(new double[][] {{1, -2, 3}, {0, 1, 0.25}});
    double[] z = {0.5 + 2 + 6 + 0.25, -1 + 0.5 + 0.25};
    INDArray y = runner.forward(List.of(x), true, 0).get(0);
    for (int i = 0; i < z.length; i++) {
      assertEquals(z[i] * sigmoid(z[i]), y.getDouble(i, 0), 1e-15);
    }
    LayerRunner.LayerGradients gradients =
        runner.backward(List.of(Nd4j.createFromArray(new double[][] {{1}, {2}})));
    double[] ofValue = {sigmoid(z[0]), 2 * sigmoid(z[1])};
    double[] ofGate = {
      z[0] * sigmoid(z[0]) * sigmoid(-z[0]), 2 * z[1] * sigmoid(z[1]) * sigmoid(-z[1])
    };
    assertEquals(ofValue[0] + ofValue[1], gradients.parameters().get("bias").getDouble(0), 1e-15);
    assertEquals(
        ofGate[0] + ofGate[1], gradients.parameters().get("gate_bias").getDouble(0), 1e-15);
    for (int i = 0; i < 3; i++) {
      assertEquals(
          x.getDouble(0, i) * ofValue[0] + x.getDouble(1, i) * ofValue[1],
          gradients.parameters().get("kernel").getDouble(i),
          1e-14);
      assertEquals(
          (ofValue[1] + ofGate[1]) * kernel()[i], gradients.inputs().get(0).getDouble(1, i), 1e-15);
    }
  }

  private static double[] kernel() {
    return new double[] {0.5, -1, 2};
  }

  private static double[] bias() {
    return new double[] {0.25};
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  private static <C extends Record> Layer gatedDense(
      ComponentProvider<C, Layer> provider, int units, Initializer initializer)
      throws ReflectiveOperationException {
    C config =
        provider
            .configType()
            .getConstructor(int.class, Initializer.class, Initializer.class, Regularizer.class)
            .newInstance(units, initializer, initializer, null);
    return provider.create(config, Semantics.KERAS3);
  }

  private static <C extends Record> Layer create(
      ComponentProvider<C, Layer> provider, Initializer initializer)
      throws ReflectiveOperationException {
    C config =
        provider
            .configType()
            .getConstructor(Initializer.class, Regularizer.class)
            .newInstance(initializer, null);
    return provider.create(config, Semantics.KERAS3);
  }

  @Test
  void theCallbackLogsAndStops() {
    Callback callback =
        registry.create(Callback.class, "WeightNorm", Map.of("limit", 4.0), Semantics.KERAS3);
    assertEquals(Set.of("weight_norm"), callback.addedLogs());
    Weights run = new Weights(Nd4j.createFromArray(3.0, 0.0));
    Callback.Session session = callback.start(run);

    Map<String, Double> logs = new HashMap<>(Map.of("loss", 1.0));
    session.epochEnd(0, logs);
    assertEquals(Map.of("loss", 1.0, "weight_norm", 3.0), logs);
    assertEquals(List.of(), run.actions);

    run.weights.putScalar(1, 4);
    session.epochEnd(1, logs);
    assertEquals(List.of("say Epoch 2: the weights' norm is 5.0", "stop"), run.actions);
  }

  @Test
  void theJarTellsUsersMore() {
    assertEquals(
        "    y = factor * x\n", registry.named("acme/Scale").get(0).reference().orElseThrow());
    assertTrue(registry.named("acme/Gain").get(0).reference().isEmpty());
  }

  /** A training of one weight. */
  private static final class Weights implements Callback.Run {
    private final INDArray weights;
    private final List<String> actions = new ArrayList<>();

    Weights(INDArray weights) {
      this.weights = weights;
    }

    @Override
    public void stop() {
      actions.add("stop");
    }

    @Override
    public double learningRate() {
      return 0;
    }

    @Override
    public void learningRate(double rate) {}

    @Override
    public void saveCheckpoint(String name) {}

    @Override
    public void saveWeights(String file) {}

    @Override
    public List<NamedWeight> weights() {
      return List.of(new NamedWeight("layer", "", "kernel", weights));
    }

    @Override
    public Optional<Path> file(Path path) {
      return Optional.empty();
    }

    @Override
    public Object copyWeights() {
      return weights.dup();
    }

    @Override
    public void restoreWeights(Object copy) {}

    @Override
    public void say(String line) {
      actions.add("say " + line);
    }
  }
}
