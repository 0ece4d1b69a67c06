package org.rondoml.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.ModelFileException;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.io.NpyFormat;
import org.rondoml.core.io.NpzFormat;
import org.rondoml.core.registry.Component;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.ComponentProvider;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.UnaryLayer;
import org.rondoml.dsl.difference.Difference;
import org.rondoml.dsl.difference.ModelDifferences;
import org.rondoml.dsl.run.ModelFormats;
import org.rondoml.dsl.specification.Specification;
import org.rondoml.dsl.specification.SpecificationReader;
import org.rondoml.rnn.RecurrentCell;

/**
 * {@code rondo import} and {@code rondo export} of Keras' JSON. The JSON files in {@code keras} are
 * what Keras 3.15 and tf_keras 2.21 gave for the golden cases of the same names, and for some
 * models more; those of TensorFlow 1 and Keras 2.1 are in the forms that these wrote.
 */
class KerasJsonTest {
  private static final Registry REGISTRY = Registry.load(KerasJsonTest.class.getClassLoader());

  @TempDir private Path temporary = Path.of("");

  private static Path resource(String name) {
    try {
      URL url = Objects.requireNonNull(KerasJsonTest.class.getResource(name), name);
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Stream<Path> files(String folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(resource(folder))) {
      return files.filter(f -> f.toString().endsWith(suffix)).sorted().toList().stream();
    }
  }

  private static Path sibling(Path json, String suffix) {
    return json.resolveSibling(String.valueOf(json.getFileName()).replace(".json", "") + suffix);
  }

  static Stream<Path> models() throws IOException {
    return files("/keras", ".json");
  }

  @ParameterizedTest
  @MethodSource("models")
  void importsAsAPersonWouldWrite(Path json) throws IOException {
    CommandLineRun run = CommandLineRun.of("import", json.toString());

    assertEquals("", run.err());
    assertEquals(Files.readString(sibling(json, ".yaml")), run.out());
    CommandLineRun check = CommandLineRun.of("check", sibling(json, ".yaml").toString());
    assertEquals("", check.err());
    assertEquals(0, run.status() + check.status());
  }

  @Test
  void theModelsHaveEveryLayerAndCell() throws IOException {
    List<String> texts = new ArrayList<>();
    for (Path yaml : files("/keras", ".yaml").toList()) {
      texts.add(Files.readString(yaml));
    }
    List<String> missing =
        Stream.concat(
                REGISTRY.components(Layer.class).stream(),
                REGISTRY.components(RecurrentCell.class).stream())
            .map(Component::id)
            // An RNN of them is written with a list of cells.
            .filter(id -> !id.equals("StackedRNNCells"))
            .filter(
                id -> texts.stream().noneMatch(text -> text.matches("(?s).*\\b" + id + "\\b.*")))
            .toList();

    assertEquals(List.of(), missing);
  }

  /** The imported models that there are golden cases of. */
  static Stream<GoldenCase> computed() throws IOException, URISyntaxException {
    List<String> names = models().map(m -> String.valueOf(m.getFileName())).toList();
    return GoldenCase.all().filter(g -> names.contains(g.folder().getFileName() + ".json"));
  }

  @ParameterizedTest
  @MethodSource("computed")
  void whatIsImportedPredictsWhatKerasDid(GoldenCase golden) {
    Path model = temporary.resolve("model.yaml");
    Path json = resource("/keras/" + golden.folder().getFileName() + ".json");
    boolean single = golden.expectedOutputs("before").size() == 1;
    Path output = temporary.resolve(single ? "output.npy" : "output.npz");

    done("import", json.toString(), "-o", model.toString());
    done(
        "predict",
        model.toString(),
        "--initial-weights",
        golden.initialWeights(temporary).toString(),
        "--input",
        golden.data().toString(),
        "--output",
        output.toString());

    List<INDArray> outputs =
        single ? List.of(NpyFormat.read(output)) : List.copyOf(NpzFormat.read(output).values());
    golden.assertSameOutputs("before", outputs);
  }

  private static void done(String... arguments) {
    CommandLineRun run = CommandLineRun.of(arguments);
    assertEquals("", run.err());
    assertEquals(0, run.status());
  }

  static Stream<GoldenCase> cases() throws IOException, URISyntaxException {
    return GoldenCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsExportedComesBackTheSame(GoldenCase golden) {
    Path json = temporary.resolve("model.json");
    ModelFormats formats = new ModelFormats(REGISTRY);
    Specification model = SpecificationReader.read(List.of(golden.model()), List.of(), REGISTRY);

    formats.write(json, formats.writer(json).orElseThrow(), model, true);
    Specification back = formats.read(json, null, true).specification();

    assertEquals(
        List.of(),
        ModelDifferences.between(model, back, REGISTRY).stream()
            .filter(difference -> !isLeftOut(difference, model.semantics()))
            .toList());
  }

  /**
   * Keras' JSON has no data, no training, nothing compiled before Keras 3 and no names for further
   * calls of a layer, and a stack of cells for a list of them, which comes back as a list.
   */
  private static boolean isLeftOut(Difference difference, Semantics semantics) {
    return (semantics != Semantics.KERAS3 && difference.path().startsWith("compile"))
        || difference.path().matches("compile\\.optimizer\\.\\w+\\.name") // nothing goes by it
        || difference
            .path()
            .matches("compile\\.metrics.*\\.(AUC|Precision|Recall)\\.name") // as by itself
        || difference.path().matches("(data|fit|seed)\\b.*|.*\\.Shared\\.name")
        || (difference.path().endsWith(".RNN.cell")
            && String.valueOf(difference.before()).startsWith("{StackedRNNCells: ")
            && String.valueOf(difference.after()).startsWith("["));
  }

  static Stream<Path> exported() throws IOException {
    return files("/keras-exported", ".json");
  }

  @ParameterizedTest
  @MethodSource("exported")
  void exportsTheSameText(Path expected) throws IOException {
    Path json = temporary.resolve("model.json");
    Path model = sibling(expected, "/model.yaml");

    done(
        "export",
        resource("/golden/" + expected.getParent().relativize(model)).toString(),
        json.toString());

    assertEquals(Files.readString(expected), Files.readString(json));
  }

  @ParameterizedTest
  @ValueSource(strings = {"compiled-by-name", "compiled-in-order", "compiled-keras3"})
  void isCompiledTheSameAfterImportAndExport(String name) throws IOException {
    Path model = resource("/keras/" + name + ".yaml");
    Path json = temporary.resolve("model.json");

    done("export", model.toString(), json.toString());
    CommandLineRun back = CommandLineRun.of("import", json.toString());

    assertEquals("", back.err());
    assertEquals(
        Files.readString(model),
        back.out().replace("\nprecision: float32", "").replace("\nname: " + name, ""));
  }

  @Test
  void tellsEverythingThatRondoHasNot() {
    Path json = resource("/keras-refused/refused.json");
    CommandLineRun run = CommandLineRun.of("import", json.toString());

    assertEquals(2, run.status());
    assertEquals("", run.out());
    assertEquals(
        """
        :31:19: config.layers[1]: layer 'cube': unknown layer 'Conv3D' (did you mean 'Conv1D'?); plugin jars are added with --plugins DIR or RONDO_PLUGINS
        :125:19: config.layers[2]: layer 'gate': 'Gate' is Python code of the model's own, registered as mine>Gate: use a layer of Keras, or write it in Java as VENDOR/Gate and add it with --plugins DIR
        :240:16: config.layers[4].config.dtype: the precision 'mixed_float16' is none of Rondo's: expected float32 or float64
        :248:17: config.layers[4].config.activation.config: layer 'curved': 'swirl' is Python code of the model's own, registered as mine>swirl: use an activation of Keras, or write it in Java as VENDOR/swirl and add it with --plugins DIR
        :307:19: config.layers[5]: layer 'twice': is a Lambda, Python code that no file describes: say it with other layers before saving, or write a layer of your own in Java and add it with --plugins DIR
        :362:19: config.layers[6]: layer 'inner': is a model inside a model, which Rondo's language doesn't have: build the model in Keras from the inner one's layers, and save that
        :518:8: config.layers[7].inbound_nodes[0].kwargs.training: layer 'always': is called with training=true, which Rondo's layers can't be told: it is told by whether the model is trained: call the layer without
        """,
        run.err().replace(json.toString(), ""));
  }

  @Test
  void tellsWhatItWasCompiledWithThatRondoHasNot() throws IOException {
    String json =
        """
        {"class_name": "Sequential", "config": {"layers": [
        {"class_name": "InputLayer", "config": {"batch_shape": [null, 3], "name": "in"}},
        {"class_name": "Dense", "config": {"units": 2, "name": "d"}}]},
        "compile_config": {
        "optimizer": {"module": "keras.optimizers", "class_name": "Muon", "config": {}},
        "loss": {"module": "builtins", "class_name": "function", "config": "pinball"},
        "metrics": ["mae",
        {"module": "mine", "class_name": "Gain", "config": {}, "registered_name": "mine>Gain"},
        {"class_name": "__lambda__", "config": {"value": ["4wIA", null, null]}},
        {"module": "keras.metrics", "class_name": "AUC", "config": {"colour": "red"}}],
        "steps_per_execution": 8, "penalty": 2}}
        """;
    String plugins = "; plugin jars are added with --plugins DIR or RONDO_PLUGINS\n";

    assertEquals(
        "model.json: compile_config: is left out with --no-compile: the layers are imported without"
            + " it\n"
            + "model.json: compile_config.optimizer: unknown optimizer 'Muon'"
            + plugins
            + "model.json: compile_config.loss.config: unknown loss 'pinball'"
            + plugins
            + "model.json: compile_config.metrics[1]: 'Gain' is Python code of the model's own,"
            + " registered as mine>Gain: use a metric of Keras, or write it in Java as VENDOR/Gain and"
            + " add it with --plugins DIR\n"
            + "model.json: compile_config.metrics[2]: is a lambda, Python code that no file describes:"
            + " use a metric of Keras, or write one of your own in Java and add it with --plugins DIR\n"
            + "model.json: compile_config.metrics[3].config.colour: 'colour' is no key of Rondo's AUC;"
            + " found red: save the model without it\n"
            + "model.json: compile_config.penalty: is nothing that Rondo's compile has: save the model"
            + " without it\n",
        importing(json).replaceAll(":[0-9]+:[0-9]+", "").replaceAll("; installed: [^;]*", ""));

    Path file = temporary.resolve("model.json");
    CommandLineRun run = CommandLineRun.of("import", file.toString(), "--no-compile");
    assertEquals("", run.err());
    assertFalse(run.out().contains("compile"), run.out());
  }

  private String importing(String json) throws IOException {
    Path file = temporary.resolve("model.json");
    Files.writeString(file, json);
    CommandLineRun run = CommandLineRun.of("import", file.toString());
    assertEquals(2, run.status());
    assertEquals("", run.out());
    return run.err()
        .lines()
        .filter(line -> !line.matches(" +[0-9]* \\| .*")) // the line of the file, and its mark
        .map(line -> line.replace(file.toString(), "model.json") + "\n")
        .collect(Collectors.joining());
  }

  @Test
  void tellsWhatIsWrongByItsPlaceInTheJson() throws IOException {
    assertEquals(
        "model.json: the file is empty; expected the text of model.to_json()\n", importing(""));
    assertEquals(
        "model.json:1:7: no JSON: Unrecognized token 'tru': was expecting (JSON String, Number (or"
            + " 'NaN'/'+INF'/'-INF'), Array, Object or token 'null', 'true' or 'false')\n",
        importing("{\"a\": tru"));
    assertEquals(
        "model.json:1:1: found no class_name and config, expected what Keras' model.to_json()"
            + " gives\n",
        importing("{\"weights\": []}"));
    assertEquals(
        "model.json:1:16: class_name: is 'Transformer', whose Python code no file describes: expected"
            + " a Sequential or Functional model\n",
        importing("{\"class_name\": \"Transformer\", \"config\": {}}"));
    assertEquals(
        "model.json:1:41: config: has no layers: save the model when they are added\n",
        importing("{\"class_name\": \"Sequential\", \"config\": {\"layers\": []}}")
            .replaceAll(":1:[0-9]+", ":1:41"));
    assertEquals(
        "model.json:3:37: config.layers[1].config.units: found the text \"four\", expected a whole"
            + " number\n",
        importing(
                """
            {"class_name": "Sequential", "config": {"layers": [
            {"class_name": "InputLayer", "config": {"batch_shape": [null, 3], "name": "in"}},
            {"class_name": "Dense", "config": {"units": "four", "name": "d"}}]}}
            """)
            .replaceAll(":3:[0-9]+", ":3:37"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tf1", "tf2", "keras3"})
  void theGenerationCanBeSaid(String semantics) {
    Path json = resource("/keras/lstm-masked-last.json");
    String out = CommandLineRun.of("import", json.toString(), "--semantics", semantics).out();

    assertEquals(!semantics.equals("keras3"), out.contains("semantics: " + semantics), out);
    assertEquals(semantics.equals("tf1"), out.contains("recurrent_activation: sigmoid"), out);
  }

  @Test
  void neverReplacesAFile() throws IOException {
    Path model = temporary.resolve("model.yaml");
    Files.writeString(model, "mine");
    CommandLineRun run =
        CommandLineRun.of(
            "import", resource("/keras/encoder-decoder.json").toString(), "-o", model.toString());

    assertEquals(2, run.status());
    assertEquals(
        model + ": is there already, and is left as it is; name another file, or move it away\n",
        run.err());
    assertEquals("mine", Files.readString(model));
  }

  @Test
  void endingsAreTold() {
    assertEquals(
        "model.h5: unknown ending; expected .json or .keras\n",
        CommandLineRun.of("import", "model.h5").err());
    assertEquals("none.json: no such file\n", CommandLineRun.of("import", "none.json").err());
  }

  @Test
  void anActivationWithArgumentsIsRefused() throws IOException {
    Path model = temporary.resolve("model.yaml");
    Files.writeString(
        model,
        """
        rondo: 1
        model:
          layers:
            - Input: {shape: [3]}
            - Dense: {units: 2, activation: {relu: {max_value: 6}}}
        """);
    Path json = temporary.resolve("model.json");
    CommandLineRun run = CommandLineRun.of("export", model.toString(), json.toString());

    assertEquals(2, run.status());
    assertEquals(
        model
            + ": model.layers[1].Dense.activation: layer 'dense': the activation 'relu' has"
            + " arguments, which Keras' JSON doesn't write for a function: use a layer for it, such"
            + " as ReLU or LeakyReLU\n",
        run.err());
    assertFalse(Files.exists(json));
  }

  @Test
  void aPluginsLayerIsRefusedByName() throws IOException {
    List<ComponentProvider<?, ?>> providers = new ArrayList<>(List.of(new Twice.Provider()));
    REGISTRY.components().forEach(component -> providers.add(component.provider()));
    Registry registry = Registry.of(providers);
    Path model = temporary.resolve("model.yaml");
    Files.writeString(
        model,
        """
        rondo: 1
        model:
          layers:
            - Input: {shape: [3]}
            - Twice
        """);
    Specification specification = SpecificationReader.read(List.of(model), List.of(), registry);
    ModelFormats formats = new ModelFormats(registry);
    Path json = temporary.resolve("model.json");

    ModelFileException refusal =
        assertThrows(
            ModelFileException.class,
            () -> formats.write(json, formats.writer(json).orElseThrow(), specification, true));

    assertEquals(
        model
            + ": model.layers[1]: layer 'twice': the layer 'acme/Twice' comes from a plugin, and"
            + " Keras has none of that name: use one of Keras'",
        refusal.getMessage());
  }

  /** A layer that Keras doesn't have. */
  static final class Twice implements UnaryLayer {
    /** No keys. */
    record Config() {}

    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public INDArray forward(LayerContext context, INDArray input) {
      return input.mul(2);
    }

    @Override
    public INDArray backward(LayerContext context, INDArray outputGradient) {
      return outputGradient.mul(2);
    }

    /** Brings it. */
    static final class Provider implements Layer.Provider<Config> {
      @Override
      public String id() {
        return "acme/Twice";
      }

      @Override
      public Class<Config> configType() {
        return Config.class;
      }

      @Override
      public Layer create(Config config, Semantics semantics) {
        return new Twice();
      }
    }
  }

  @Test
  void exportNeedsNoWeights() {
    Path json = temporary.resolve("model.json");

    done("export", resource("/golden/lstm-tf1/model.yaml").toString(), json.toString());

    assertTrue(Files.exists(json));
    assertEquals(
        "rondo: 1\nname: lstm-tf1\nsemantics: tf1\nprecision: float64\nmodel:\n  layers:\n",
        CommandLineRun.of("import", json.toString())
            .out()
            .lines()
            .limit(6)
            .collect(Collectors.joining("\n", "", "\n")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"keras3", "tf2"})
  void anArchiveGivesItsWeightsAsWell(String generation) throws IOException {
    Path model = temporary.resolve("model.yaml");
    Path output = temporary.resolve("output.npy");

    done(
        "import",
        resource("/keras-archives/" + generation + ".keras").toString(),
        "-o",
        model.toString());
    done(
        "predict",
        model.toString(),
        "--initial-weights",
        temporary.resolve("model.weights.h5").toString(),
        "--input",
        resource("/keras-archives/" + generation + ".npz").toString(),
        "--output",
        output.toString());

    assertEquals(
        "rondo: 1\nname: small\n"
            + (generation.equals("tf2") ? "semantics: tf2\n" : "")
            + """
            model:
              layers:
                - Input: {shape: [4]}
                - Dense: {units: 3, activation: relu}
                - Dense: 2
            """,
        Files.readString(model));
    INDArray expected = NpyFormat.read(resource("/keras-archives/" + generation + ".npy"));
    assertTrue(expected.equalsWithEps(NpyFormat.read(output), 1e-6), expected.toString());
  }

  @Test
  void anArchiveOfTfKerasSaysHowItWasCompiled() {
    CommandLineRun run =
        CommandLineRun.of("import", resource("/keras-archives/compiled-tf2.keras").toString());

    assertEquals("", run.err());
    assertEquals(
        """
        compile:
          optimizer:
            Adam:
              learning_rate: {InverseTimeDecay: {initial_learning_rate: 0.1, decay_steps: 100.0, decay_rate: 0.9}}
              clipvalue: 1.0
          loss: {Huber: 2.0}
          metrics:
            - MeanAbsoluteError: {name: x}
            - mse
          loss_weights: 2.0
        """,
        run.out().substring(run.out().indexOf("compile:")));
  }

  @Test
  void whatIsNoArchiveIsTold() throws IOException {
    Path file = temporary.resolve("model.keras");
    Files.writeString(file, "no zip");
    CommandLineRun run = CommandLineRun.of("import", file.toString());

    assertEquals(3, run.status());
    assertTrue(run.err().startsWith(file + ": no archive of Keras: "), run.err());
    assertEquals(1, run.err().lines().count());
  }
}
