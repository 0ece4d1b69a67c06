package org.rondoml.dsl.specification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondoml.api.ModelFileException;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.api.UsageException;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.registry.Registry;

class SpecificationReaderTest {
  private static final String ARTICLE =
      """
      rondo: 1                       # version of this language
      name: mnist-rows
      semantics: tf1                 # keras3 (default), tf2 or tf1: whose defaults and arithmetic
      seed: 42                       # drawn and recorded when absent
      precision: float32             # float32 (default), float64; later mixed_bfloat16
      data:
        train:      {mnist: {split: train}}
        validation: {mnist: {split: test}}
        transforms: [{rescale: {scale: 1/255}}]
      model:
        layers:
          - Input: {shape: [28, 28]}
          - LSTM: {units: 256, activation: relu, return_sequences: true}
          - Dropout: 0.2
          - LSTM: {units: 256, activation: relu}
          - Dropout: 0.1
          - Dense: {units: 32, activation: relu}
          - Dropout: 0.2
          - Dense: {units: 10, activation: softmax}
      compile:
        optimizer: {Adam: {learning_rate: 1e-4, decay: 1e-6}}
        loss: sparse_categorical_crossentropy
        metrics: [accuracy]
      fit:
        epochs: 4
        batch_size: 32
        callbacks: [{ModelCheckpoint: {monitor: val_loss, save_best_only: true}}]
      """;

  private final Registry registry = TestComponents.registry();

  @TempDir Path folder;

  private Specification read(String text, String... sets) {
    return SpecificationReader.read(List.of(write("model.yaml", text)), List.of(sets), registry);
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String mistakes(String text, String... sets) {
    ModelFileException thrown = assertThrows(ModelFileException.class, () -> read(text, sets));
    return thrown.getMessage().replace(folder + "/", "");
  }

  private static String layers(String... items) {
    return "rondo: 1\nmodel:\n  layers:\n    - " + String.join("\n    - ", items) + "\n";
  }

  private static List<String> names(Graph graph) {
    return graph.steps().stream().map(s -> s.node().name()).toList();
  }

  @Test
  void readsTheArticlesProgram() {
    Specification article = read(ARTICLE);

    assertEquals("mnist-rows", article.name());
    assertEquals(Semantics.TF1, article.semantics());
    assertEquals(42L, article.seed());
    assertEquals(Precision.FLOAT32, article.precision());
    assertEquals(folder, article.directory());
    assertEquals(
        List.of("input", "lstm", "dropout", "lstm_1", "dropout_1", "dense", "dropout_2", "dense_1"),
        names(article.requireGraph()));
    assertEquals(List.of(Shape.of(10)), article.requireGraph().outputShapes());
    assertEquals(List.of("loss", "acc"), article.requireCompilation().objective().logNames());
    assertEquals(4, article.fit().epochs());
    assertEquals(32, article.fit().batchSize());
    assertEquals(1, article.fit().callbacks().size());
    assertEquals(1, article.requireData().transforms().size());
    assertTrue(article.warnings().isEmpty());
  }

  @Test
  void writesEveryDefaultOut() {
    String resolved =
        read("""
                rondo: 1
                semantics: tf1
                model:
                  layers:
                    - Input: {shape: [null, 3]}
                    - lstm: 4
                compile: {optimizer: {adam: {lr: 1/8}}, loss: mse}
                """)
            .resolvedText();

    assertEquals(
        """
        rondo: 1
        name: model
        semantics: tf1
        seed: null
        precision: float32
        data: null
        model:
          layers:
            - Input:
                shape: [null, 3]
                name: input
                trainable: true
            - LSTM:
                units: 4
                activation: tanh
                recurrent_activation: hard_sigmoid
                return_sequences: false
                dropout: 0.0
                kernel_initializer:
                  GlorotUniform:
                    seed: 7
                name: lstm
                trainable: true
          outputs: []
        compile:
          optimizer:
            Adam:
              learning_rate: 0.125
              beta_1: 0.9
              epsilon: 1.0e-7
              decay: 0.0
              weight_decay: null
              clipnorm: null
              clipvalue: null
              global_clipnorm: null
              use_ema: false
              ema_momentum: 0.99
              ema_overwrite_frequency: null
              name: null
          loss:
            MeanSquaredError:
              reduction: auto
              name: null
          metrics: []
          loss_weights: null
          weighted_metrics: []
        fit:
          epochs: 1
          batch_size: 32
          shuffle: true
          steps_per_epoch: null
          validation_split: 0.0
          validation_freq: 1
          validation_steps: null
          validation_batch_size: null
          class_weight: null
          initial_epoch: 0
          callbacks: []
        """,
        resolved);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LSTM: {units: 4}",
        "LSTM: 4",
        "lstm: 4",
        "lstm: {units: 4}",
        "LSTM: {units: +4}",
        "LSTM: {units: 4, activation: tanh}",
        "LSTM: {units: 4, activation: {tanh: {}}}",
        "LSTM: {units: 4, activation: {class_name: tanh}}",
        "LSTM: {units: 4, activation: \"tanh\"}",
        "LSTM: {units: 4, dropout: 0}",
        "LSTM: {units: 4, dropout: 0e0}",
        "LSTM: {units: 4, kernel_initializer: {glorot_uniform: 7}}",
        "{class_name: LSTM, config: {units: 4}}",
        "{class_name: lstm, config: {units: 4, trainable: true}}",
        "LSTM: {units: 4, name: lstm, trainable: true}",
        "{\"LSTM\": {\"units\": 4}}",
      })
  void allSpellingsResolveToTheSame(String item) {
    String plain = read(layers("Input: {shape: [5, 3]}", "LSTM: {units: 4}")).resolvedText();

    assertEquals(plain, read(layers("Input: {shape: [5, 3]}", item)).resolvedText());
  }

  @Test
  void nullNamesTheIdentityWhereTheKindHasOne() {
    String dense = layers("Input: 3", "Dense: {units: 2, activation: %s}");

    assertEquals(
        read(dense.formatted("linear")).resolvedText(),
        read(dense.formatted("null")).resolvedText());
  }

  @Test
  void aComponentMayBeTheFirstArgument() {
    assertEquals(
        read(layers("Input: {shape: [5, 3]}", "Bidirectional: {layer: {LSTM: {units: 2}}}"))
            .resolvedText(),
        read(layers("Input: {shape: [5, 3]}", "Bidirectional: {LSTM: 2}")).resolvedText());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0001",
        "1e-4",
        "1.0e-4",
        "1E-4",
        "1/10000",
        ".0001",
        "{Constant: 1e-4}",
        "+1e-4"
      })
  void allSpellingsOfANumberResolveToTheSame(String number) {
    String adam =
        layers("Input: 3", "Dense: 2")
            + "compile: {optimizer: {Adam: {learning_rate: %s}}, loss: mse}\n";

    assertEquals(
        read(adam.formatted("0.0001")).resolvedText(), read(adam.formatted(number)).resolvedText());
  }

  @Test
  void semanticsChooseDefaults() {
    String model = layers("Input: {shape: [5, 3]}", "LSTM: 4");

    assertTrue(read(model).resolvedText().contains("recurrent_activation: sigmoid"));
    assertTrue(
        read("semantics: tf1\n" + model)
            .resolvedText()
            .contains("recurrent_activation: hard_sigmoid"));
  }

  @Test
  void aContradictionAroundTheOptimizerIsToldAtItsKey() {
    String model =
        layers("Input: 3", "Dense: 2")
            + "compile: {optimizer: {Adam: {clipvalue: 1, clipnorm: 2}}, loss: mse}\n";

    assertEquals(
        "model.yaml:6:54: compile.optimizer.Adam.clipnorm: clipvalue is set as well, and gradients"
            + " are clipped in one of these ways only: keep one of clipvalue, clipnorm,"
            + " global_clipnorm",
        mistakes(model));
  }

  @Test
  void aKeyOfAnotherGenerationIsLeftOutOfTheResolvedDocument() {
    String model = layers("Input: 3", "Dense: 2") + "compile: {optimizer: Adam, loss: mse}\n";

    assertTrue(read("semantics: tf2\n" + model).resolvedText().contains(" decay: 0.0"));
    assertFalse(read(model).resolvedText().contains(" decay"));
  }

  @Test
  void aLossByNameMayBeWrittenAsKerasDoes() {
    Specification model =
        read(
            layers("Input: 3", "Dense: {units: 2, name: price}")
                + "compile: {optimizer: Adam, loss: {price: {class_name: MeanSquaredError}}}\n");

    assertEquals(List.of("loss"), model.requireCompilation().objective().logNames());
  }

  @Test
  void theResolvedDocumentReadsBackAsTheSame() {
    String hard =
        """
        rondo: 1
        name: "yes: it's #1, \\"really\\"\\n"
        data:
          train: {npz: {path: "some folder/1/255", x: [a, "7"], y: "null"}}
          transforms: [{rescale: 1/255}]
        model:
          layers:
            - Input: {shape: [null, 28], name: "on"}
            - Bidirectional: {layer: {LSTM: 4}}
            - Dense: {units: 3, name: left layer}
            - Dense: {units: 2, name: right}
              from: bidirectional
            - Gate
          outputs: [left layer, gate]
        compile:
          optimizer: {SGD: {learning_rate: {ExponentialDecay: {initial_learning_rate: 0.1, decay_steps: 10, decay_rate: 1/3}}}}
          loss: {gate: mse, left layer: sparse_categorical_crossentropy}
          metrics: {gate: [mse, accuracy]}
          loss_weights: [1, 0.5]
        """;
    String first = read(hard).resolvedText();

    assertEquals(first, read(first).resolvedText());
    assertEquals(read(ARTICLE).resolvedText(), read(read(ARTICLE).resolvedText()).resolvedText());
    assertEquals("yes: it's #1, \"really\"\n", read(first).name());
  }

  @Test
  void aDrawnSeedIsRecorded() {
    Specification drawn = read(layers("Input: 3")).withSeed(-7);

    assertEquals(-7L, drawn.seed());
    assertEquals(-7L, read(drawn.resolvedText()).seed());
  }

  // graphs

  @Test
  void layersFollowTheOneAboveOrTheOnesTheyName() {
    Graph graph =
        read(layers(
                "Input: {shape: 3, name: a}",
                "Input: {shape: 4, name: b}",
                "Dense: 5\n      from: a",
                "Dense: 6\n      from: b",
                "Concatenate:\n      from: [dense, dense_1]"))
            .requireGraph();

    assertEquals(List.of("a", "b", "dense", "dense_1", "concatenate"), names(graph));
    assertEquals(List.of(Shape.of(11)), graph.outputShapes());
    assertEquals(List.of(Shape.of(3), Shape.of(4)), graph.inputShapes());
  }

  @Test
  void automaticNamesLeaveOutThoseThatAreGiven() {
    Graph graph =
        read(layers("Input: 3", "Dense: 3", "Dense: {units: 3, name: dense_1}", "Dense: 3"))
            .requireGraph();

    assertEquals(List.of("input", "dense", "dense_1", "dense_2"), names(graph));
  }

  @Test
  void inputShapeOnTheFirstLayerStandsForAnInput() {
    assertEquals(
        read(layers("Input: {shape: [5, 3]}", "LSTM: 4", "Dense: 2")).resolvedText(),
        read(layers("LSTM: {units: 4, input_shape: [5, 3]}", "Dense: 2")).resolvedText());
    assertEquals(
        "model.yaml:4:38: model.layers[0].Input.shape[0]: found 0, expected a whole number greater"
            + " than 0, or null where only the data tells",
        mistakes(layers("LSTM: {units: 4, input_shape: [0, 3]}")));
  }

  @Test
  void trainableReachesTheGraph() {
    Graph graph = read(layers("Input: 3", "Dense: {units: 2, trainable: false}")).requireGraph();

    assertFalse(graph.steps().get(1).node().trainable());
  }

  @Test
  void oneLossAndOneListOfMetricsServeEveryOutput() {
    Compilation compilation =
        read(layers("Input: 3", "Dense: 2", "Dense: 2")
                + "  outputs: [dense, dense_1]\n"
                + "compile: {optimizer: Adam, loss: mse, metrics: [accuracy, mse]}\n")
            .requireCompilation();

    assertEquals(2, compilation.objective().outputs().size());
    compilation.objective().outputs().forEach(o -> assertEquals(2, o.metrics().size()));
    assertEquals(1.0, compilation.objective().outputs().get(1).weight());
  }

  /**
   * As {@code compile(metrics=...)} and {@code history.history} of Keras 3.15 and tf_keras 2.21.
   */
  @Test
  void aMetricLogsUnderTheNameThatIsWritten() {
    String line = "compile: {optimizer: Adam, loss: mse, metrics: [%s]}\n";
    String model = layers("Input: 3", "Dense: 2");

    assertEquals(List.of("loss", "mse"), logs(model + line.formatted("mse")));
    assertEquals(
        List.of("loss", "mean_squared_error"),
        logs(model + line.formatted("MeanSquaredError: {}")));
    assertEquals(
        List.of("loss", "gap"), logs(model + line.formatted("MeanSquaredError: {name: gap}")));
    assertEquals(
        List.of("loss", "MeanSquaredError"), logs(model + line.formatted("MeanSquaredError")));
    assertEquals(
        List.of("loss", "mean_squared_error"),
        logs("semantics: tf2\n" + model + line.formatted("MeanSquaredError")));
  }

  @Test
  void severalOutputsLogTheirLossesAndPutTheirNamesBeforeTheirMetrics() {
    assertEquals(
        List.of("loss", "dense_loss", "dense_1_loss", "dense_mse", "dense_1_mse"),
        logs(
            layers("Input: 3", "Dense: 2", "Dense: 2")
                + "  outputs: [dense, dense_1]\n"
                + "compile: {optimizer: Adam, loss: mse, metrics: [mse]}\n"));
  }

  private List<String> logs(String text) {
    return read(text).requireCompilation().objective().logNames();
  }

  @Test
  void lossesMetricsAndWeightsMayBeByOutput() {
    Compilation compilation =
        read(layers("Input: 3", "Dense: 2", "Dense: 2")
                + "  outputs: [dense, dense_1]\n"
                + "compile: {optimizer: Adam, loss: [mse, mse], metrics: {dense_1: mse},"
                + " loss_weights: {dense_1: 0.5, dense: 2}}\n")
            .requireCompilation();

    assertEquals(2.0, compilation.objective().outputs().get(0).weight());
    assertEquals(0.5, compilation.objective().outputs().get(1).weight());
    assertEquals(0, compilation.objective().outputs().get(0).metrics().size());
    assertEquals(1, compilation.objective().outputs().get(1).metrics().size());
  }

  // sections

  @Test
  void sectionsThatAreNotNeededMayBeAbsent() {
    Specification bare = read(layers("Input: 3"));

    assertNull(bare.data());
    assertNull(bare.compilation());
    assertEquals(1, bare.fit().epochs());
    assertEquals(
        "model.yaml: missing section 'compile', which this needs: compile: {optimizer: ..., loss:"
            + " ...}",
        assertThrows(ModelFileException.class, bare::requireCompilation)
            .getMessage()
            .replace(folder + "/", ""));
    assertEquals(
        "model.yaml: missing section 'data', which this needs: data: {train: {...}}",
        assertThrows(ModelFileException.class, bare::requireData)
            .getMessage()
            .replace(folder + "/", ""));
    assertEquals(
        "model.yaml: missing section 'model', which this needs: model: {layers: [...]}",
        assertThrows(ModelFileException.class, () -> read("rondo: 1\n").requireGraph())
            .getMessage()
            .replace(folder + "/", ""));
  }

  @Test
  void aMissingFileIsTold() {
    assertEquals(
        "nowhere.yaml: no such file",
        assertThrows(
                ModelFileException.class,
                () ->
                    SpecificationReader.read(List.of(Path.of("nowhere.yaml")), List.of(), registry))
            .getMessage());
    assertEquals(
        folder + ": is a folder, expected a YAML file",
        assertThrows(
                ModelFileException.class,
                () -> SpecificationReader.read(List.of(folder), List.of(), registry))
            .getMessage());
    assertEquals(
        "no model file is named",
        assertThrows(
                UsageException.class,
                () -> SpecificationReader.read(List.of(), List.of(), registry))
            .getMessage());
  }

  // overlays and settings

  private String overlaid(String lower, String upper) {
    Path first = write("lower.yaml", lower);
    Path second = write("upper.yaml", upper);
    return SpecificationReader.read(List.of(first, second), List.of(), registry).resolvedText();
  }

  @Test
  void overlaysMergeMapsAndReplaceLists() {
    assertEquals(
        read(ARTICLE
                .replace("epochs: 4", "epochs: 9")
                .replace("batch_size: 32", "batch_size: 32\n  shuffle: false")
                .replace("[accuracy]", "[mse]"))
            .resolvedText(),
        overlaid(ARTICLE, "fit: {epochs: 9, shuffle: false}\ncompile: {metrics: [mse]}\n"));
  }

  @Test
  void anotherComponentReplacesAndTheSameMerges() {
    String adam = "{Adam: {learning_rate: 1e-4, decay: 1e-6}}";

    assertEquals(
        read(ARTICLE.replace(adam, "{SGD: {momentum: 0.9}}")).resolvedText(),
        overlaid(ARTICLE, "compile: {optimizer: {SGD: {momentum: 0.9}}}\n"));
    assertEquals(
        read(ARTICLE.replace(adam, "{Adam: {learning_rate: 1e-4, decay: 0.5}}")).resolvedText(),
        overlaid(ARTICLE, "compile: {optimizer: {adam: {decay: 0.5}}}\n"));
    assertEquals(
        read(ARTICLE.replace("{mnist: {split: train}}", "{npz: a.npz}")).resolvedText(),
        overlaid(ARTICLE, "data: {train: {npz: a.npz}}\n"));
  }

  @Test
  void mistakesOfAnOverlayAreShownInItsFile() {
    Path first = write("lower.yaml", layers("Input: 3", "Dense: 0"));
    Path second = write("upper.yaml", "fit: {epochs: 0}\n");

    String told =
        assertThrows(
                ModelFileException.class,
                () -> SpecificationReader.read(List.of(first, second), List.of(), registry))
            .getMessage()
            .replace(folder + "/", "");

    assertEquals(
        """
        lower.yaml:5:14: model.layers[1].Dense.units: found 0, expected a number greater than 0
        upper.yaml:1:15: fit.epochs: found 0, expected a number greater than 0""",
        told);
  }

  private void assertSet(String from, String to, String... sets) {
    assertEquals(
        read(ARTICLE.replace(from, to)).resolvedText(), read(ARTICLE, sets).resolvedText());
  }

  @Test
  void setReachesEverywhere() {
    assertSet("epochs: 4", "epochs: 9", "fit.epochs=9");
    assertSet("1e-4", "3e-4", "compile.optimizer.Adam.learning_rate=3e-4");
    assertSet("1e-4", "3e-4", "compile.optimizer.adam.learning_rate=3e-4");
    assertSet("units: 32", "units: 64", "model.layers.5.Dense.units=64");
    assertSet("units: 32", "units: 64", "model.layers[5].Dense.units = 64");
    assertSet("Dropout: 0.1", "Dropout: 0.3", "model.layers.4.Dropout=0.3");
    assertSet("Dropout: 0.1", "Dropout: {rate: 0.1, seed: 3}", "model.layers.4.Dropout.seed=3");
    assertSet("[accuracy]", "[mse, accuracy]", "compile.metrics=[mse, accuracy]");
    assertSet("shape: [28, 28]", "shape: [14, 28]", "model.layers.0.Input.shape.0=14");
    assertSet(
        "{learning_rate: 1e-4, decay: 1e-6}}",
        "{learning_rate: 1e-4, decay: 0}}",
        "compile.optimizer.Adam.decay=0");
    assertSet(
        "{Adam: {learning_rate: 1e-4, decay: 1e-6}}",
        "{SGD: {momentum: 0.9}}",
        "compile.optimizer.SGD.momentum=0.9");
    assertSet("batch_size: 32", "shuffle: false", "fit.batch_size=32", "fit.shuffle=false");
    assertSet("seed: 42", "seed: null", "seed=");
  }

  @Test
  void mistakesOfASettingCarryItsNumber() {
    List<String> told = new ArrayList<>();
    for (String set :
        List.of(
            "fit.epochs=many",
            "fit.epoch=3",
            "model.layers.9.Dense.units=3",
            "model.layers.x=3",
            "name.first=3",
            "fit.epochs",
            "fit..epochs=3",
            "fit.epochs=[3",
            "model.layers.1.LSTM.unitz=3")) {
      told.add(mistakes(ARTICLE, "seed=1", set));
    }

    assertEquals(
        """
        --set:2: fit.epochs: found many, expected a whole number
        --set:2: fit.epoch: unknown key (did you mean 'epochs'?)
        --set:2: model.layers.9.Dense.units: model.layers has 8 entries, numbered from 0 to 7
        --set:2: model.layers.x: found 'x', expected a number from 0 to 7: model.layers is a list
        --set:2: name.first: name is the value mnist-rows, which has no key 'first'
        --set:2: found 'fit.epochs', expected path=value, such as fit.epochs=10
        --set:2: fit..epochs: an empty step in the path
        --set:2: not YAML: a '{' or '[' is not closed, or a comma is missing
        --set:2: model.layers[1].LSTM.unitz: unknown key (did you mean 'units'?)""",
        String.join("\n", told));
  }

  @Test
  void fiveHundredLayersAreRead() {
    List<String> items = new ArrayList<>(List.of("Input: 3"));
    for (int i = 0; i < 500; i++) {
      items.add("Dense: {units: 3, activation: relu}");
    }

    assertEquals(501, read(layers(items.toArray(String[]::new))).requireGraph().steps().size());
  }
}
