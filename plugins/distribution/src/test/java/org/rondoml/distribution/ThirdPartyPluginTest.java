package org.rondoml.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.io.NpyFormat;
import org.rondoml.core.io.NpzFormat;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Layer;
import org.rondoml.tck.GradientCheck;

/**
 * The jar of {@code examples/third-party-plugin}, used as its README says: a layer written with
 * SameDiff does what any layer does.
 */
class ThirdPartyPluginTest {
  private static final Path EXAMPLE = Path.of("../../examples/third-party-plugin/src");

  /** A layer whose equation is wrong. */
  private static final String BROKEN =
      """
      package com.acme;

      import java.util.List;
      import org.nd4j.autodiff.samediff.SDVariable;
      import org.nd4j.autodiff.samediff.SameDiff;
      import org.rondoml.api.Semantics;
      import org.rondoml.api.Shape;
      import org.rondoml.core.samediff.SameDiffLayer;
      import org.rondoml.core.samediff.Terms;
      import org.rondoml.core.spi.Description;
      import org.rondoml.core.spi.Layer;

      public final class Broken extends SameDiffLayer {
        @Description("Does what it shouldn't.")
        public record Config() {}

        public static final class Provider implements Layer.Provider<Config> {
          public String id() {
            return "acme/Broken";
          }

          public Class<Config> configType() {
            return Config.class;
          }

          public Layer create(Config config, Semantics semantics) {
            return new Broken();
          }
        }

        protected Shape outputShape(List<Shape> inputs) {
          return inputs.get(0);
        }

        protected SDVariable define(SameDiff sd, Terms terms) {
          return terms.input().sum(true, 1);
        }
      }
      """;

  @TempDir private static Path shared = Path.of("");

  @TempDir private Path temporary = Path.of("");
  private String model = "";

  @BeforeAll
  static void packTheExample() throws IOException {
    Path classes = Files.createDirectories(shared.resolve("classes"));
    compile(
        Files.createDirectories(shared.resolve("tests")),
        EXAMPLE.resolve("main/java/com/acme/Highway.java"),
        EXAMPLE.resolve("test/java/com/acme/HighwayTest.java"));
    Path broken = shared.resolve("Broken.java");
    Files.writeString(broken, BROKEN);
    compile(classes, EXAMPLE.resolve("main/java/com/acme/Highway.java"), broken);
    Path services = Path.of("META-INF/services/org.rondoml.core.spi.ComponentProvider");
    Path reference = Path.of("META-INF/rondo/reference/com.acme.Highway.md");
    for (Path resource : List.of(services, reference)) {
      Path target = classes.resolve(resource);
      Files.createDirectories(target.getParent());
      Files.copy(EXAMPLE.resolve("main/resources").resolve(resource), target);
    }
    List<String> providers = new ArrayList<>(Files.readAllLines(classes.resolve(services)));
    providers.add("com.acme.Broken$Provider");
    Files.write(classes.resolve(services), providers);
    pack(classes, Files.createDirectories(shared.resolve("plugins")).resolve("acme-layers.jar"));
  }

  private static void compile(Path folder, Path... sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of("-proc:none", "-d", folder.toString()),
                null,
                compiler.getStandardFileManager(null, null, null).getJavaFileObjects(sources))
            .call();
    assertTrue(compiled, messages.toString());
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

  @BeforeEach
  void writeModel() throws IOException {
    model = SmallModel.write(temporary).toString();
  }

  private static CommandLineRun rondo(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--plugins", shared.resolve("plugins").toString()));
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  private CommandLineRun train(String name, String layers, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "train",
                model,
                "-o",
                temporary.resolve(name).toString(),
                "--set",
                "model.layers=" + layers));
    all.addAll(List.of(more));
    return rondo(all.toArray(String[]::new));
  }

  private byte[] trained(String name, String layers, String... more) throws IOException {
    CommandLineRun run = train(name, layers, more);
    assertEquals(0, run.status(), run.err());
    return Files.readAllBytes(temporary.resolve(name).resolve("checkpoints/last.npz"));
  }

  private static String sequence(String layer) {
    return "[{Input: {shape: [5, 3]}}, {TimeDistributed: {layer: "
        + layer
        + "}}, {GRU: 4}, {acme/Highway: {rate: 0.3}}, {Dense: {units: 2, activation: softmax}}]";
  }

  @Test
  void itsGradientsAgreeWithFiniteDifferences() {
    Layer highway =
        Registry.load(
                ThirdPartyPluginTest.class.getClassLoader(), List.of(shared.resolve("plugins")))
            .create(Layer.class, "Highway", Map.of("rate", 0.3), Semantics.KERAS3);
    for (int batchSize = 1; batchSize < 4; batchSize++) {
      new GradientCheck(highway, List.of(Shape.of(3)), batchSize).run(batchSize);
    }
  }

  @Test
  void theNumberOfThreadsChangesNothing() throws IOException {
    String layers = sequence("{Highway: {rate: 0.2}}");
    byte[] one = trained("one", layers, "--threads", "1");
    assertArrayEquals(one, trained("three", layers, "--threads", "3"));
    assertArrayEquals(one, trained("again", layers, "--threads", "3"));
  }

  @Test
  void itTrainsInDoublePrecisionAndIsSavedLikeAnyOther() throws IOException {
    trained("run", sequence("Highway"), "--set", "precision=float64");
    Path run = temporary.resolve("run");
    Path x = temporary.resolve("x.npy");
    NpyFormat.write(x, Nd4j.rand(DataType.FLOAT, 6, 5, 3));
    Path weights = temporary.resolve("run.weights.h5");
    assertEquals(0, rondo("export", run.toString(), weights.toString()).status());

    String file = run.resolve("model.yaml").toString();
    assertArrayEquals(
        predicted(x, run.toString()), predicted(x, file, "--initial-weights", weights.toString()));
  }

  private byte[] predicted(Path x, String... what) throws IOException {
    Path y = temporary.resolve("y.npy");
    List<String> all = new ArrayList<>(List.of("predict"));
    all.addAll(List.of(what));
    all.addAll(List.of("--input", x.toString(), "--output", y.toString()));
    CommandLineRun run = rondo(all.toArray(String[]::new));
    assertEquals(0, run.status(), run.err());
    return Files.readAllBytes(y);
  }

  @Test
  void aFrozenOneKeepsItsWeights() throws IOException {
    String layers = sequence("{Highway: {trainable: false}}");
    Map<String, INDArray> one = weights("one", layers, "1");
    Map<String, INDArray> three = weights("three", layers, "3");
    for (int i = 0; i < 4; i++) { // those of TimeDistributed come first
      assertEquals(one.get("" + i), three.get("" + i));
    }
    assertNotEquals(one.get("4"), three.get("4"));
  }

  private Map<String, INDArray> weights(String name, String layers, String epochs)
      throws IOException {
    trained(name, layers, "--set", "fit.epochs=" + epochs, "--set", "fit.callbacks=[]");
    Path file = temporary.resolve(name + ".npz");
    CommandLineRun export = rondo("export", temporary.resolve(name).toString(), file.toString());
    assertEquals(0, export.status(), export.err());
    return NpzFormat.read(file);
  }

  @Test
  void itsMistakeIsTheJarsAndNotTheUsers() {
    CommandLineRun run =
        train(
            "run",
            "[{Input: {shape: [5, 3]}}, {Flatten: {}}, {Broken: {name: mine}}, {Dense: {units: 2,"
                + " activation: softmax}}]");
    assertEquals(2, run.status());
    assertTrue(
        run.err()
            .endsWith(
                "layer 'mine': a defect in com.acme.Broken of acme-layers.jar: its equation gives an"
                    + " output (batch, ...) of shape [16, 1], expected [16, 15]: correct the"
                    + " equation, or the shape that is announced\n"),
        run.err());
  }

  @Test
  void aWrongInputIsTheUsers() {
    CommandLineRun check =
        rondo("check", model, "--set", "model.layers=[{Input: {shape: [5, 3]}}, {Highway: {}}]");
    assertEquals(2, check.status());
    assertTrue(
        check
            .err()
            .contains(
                "found input of shape (5, 3), expected (features): TimeDistributed applies it to every"
                    + " step of a sequence"),
        check.err());
  }

  @Test
  void itsKeysAndRuleAreTold() {
    String text = rondo("plugins", "Highway").out();

    assertTrue(text.startsWith("acme/Highway, layer"), text);
    assertTrue(text.contains("    y = t * h + (1 - t) * x"), text);
    assertTrue(text.contains("Highway: {rate: 0.1}"), text);
  }
}
