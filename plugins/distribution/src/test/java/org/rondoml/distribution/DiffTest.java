package org.rondoml.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rondo diff}. */
class DiffTest {
  private static final String MODEL =
      """
      rondo: 1
      name: digits
      data:
        train: {mnist: {split: test}}
        transforms: [{rescale: {scale: 1/255}}]
      model:
        layers:
          - Input: {shape: [28, 28]}
          - LSTM: {units: 8, activation: relu, return_sequences: true}
          - LSTM: 8
          - Dense: {units: 10, activation: softmax}
      compile:
        optimizer: {Adam: {learning_rate: 1e-3}}
        loss: sparse_categorical_crossentropy
      fit: {epochs: 2, batch_size: 500}
      """;

  @TempDir private Path temporary = Path.of("");

  private String file(String name, String text) throws IOException {
    Path file = temporary.resolve(name);
    Files.writeString(file, text);
    return file.toString();
  }

  /** What differs between the model and another. */
  private String differences(String other) throws IOException {
    CommandLineRun run = CommandLineRun.of("diff", file("a.yaml", MODEL), file("b.yaml", other));
    assertEquals("", run.err());
    assertEquals(0, run.status());
    return run.out().replace(temporary + "/", "");
  }

  @Test
  void anotherWayToWriteItMeansTheSame() throws IOException {
    assertEquals(
        "a.yaml and b.yaml mean the same\n",
        differences(
            """
            fit: {batch_size: 500, epochs: 2}
            compile:
              loss: {SparseCategoricalCrossentropy: {}}
              optimizer: adam
            model:
              layers:
                - LSTM: {return_sequences: true, units: 8, activation: relu, input_shape: [28, 28], use_bias: true}
                - {class_name: LSTM, config: {units: 8, kernel_initializer: glorot_uniform}}
                - Dense: {activation: softmax, units: 10}
            data:
              transforms: [{rescale: 0.00392156862745098}]
              train: {mnist: {split: test}}
            name: digits
            rondo: 1
            """));
  }

  /** A number stands for one each axis, and the strides of pooling for its size. */
  @Test
  void sizesMeanTheSameHoweverTheyAreWritten() throws IOException {
    String model =
        """
        rondo: 1
        model:
          layers:
            - Input: {shape: [9, 9, 2]}
            - Conv2D: {filters: 3, kernel_size: %s}
            - MaxPooling2D: %s
        """;
    String first = file("c.yaml", model.formatted("3", "2"));
    String second = file("d.yaml", model.formatted("[3, 3]", "{pool_size: [2, 2], strides: 2}"));
    assertEquals(
        "c.yaml and d.yaml mean the same\n",
        CommandLineRun.of("diff", first, second).out().replace(temporary + "/", ""));

    String third = file("e.yaml", model.formatted("[3, 2]", "{pool_size: 2, strides: 1}"));
    assertEquals(
        """
        ~ model.layers[1].Conv2D.kernel_size (conv2d): [3, 3] -> [3, 2]
        ~ model.layers[2].MaxPooling2D.strides (max_pooling2d): [2, 2] -> [1, 1]
        """,
        CommandLineRun.of("diff", first, third).out());
  }

  @Test
  void aValueAndAnotherComponent() throws IOException {
    assertEquals(
        """
        ~ model.layers[2].LSTM.units (lstm_1): 8 -> 12
        ~ model.layers[3].Dense.kernel_initializer (dense): glorot_uniform -> {RandomNormal: {stddev: 0.02}}
        ~ compile.optimizer: Adam -> {SGD: {momentum: 0.9}}
        ~ fit.epochs: 2 -> 3
        """,
        differences(
            MODEL
                .replace("LSTM: 8", "LSTM: 12")
                .replace(
                    "units: 10,", "units: 10, kernel_initializer: {RandomNormal: {stddev: 0.02}},")
                .replace("{Adam: {learning_rate: 1e-3}}", "{SGD: {momentum: 0.9}}")
                .replace("epochs: 2", "epochs: 3")));
  }

  @Test
  void anInsertedLayerIsOneInsertion() throws IOException {
    assertEquals(
        "+ model.layers[1] (lstm): {LSTM: {units: 4, return_sequences: true}}\n",
        differences(
            MODEL.replace(
                "    - LSTM: {units: 8,",
                "    - LSTM: {units: 4, return_sequences: true}\n    - LSTM: {units: 8,")));
    assertEquals(
        """
        - model.layers[2] (lstm_1): {LSTM: 8}
        + model.layers[2] (gru): {GRU: 8}
        + model.layers[3] (dropout): {Dropout: 0.1}
        """,
        differences(MODEL.replace("LSTM: 8", "GRU: 8\n    - Dropout: 0.1")));
  }

  @Test
  void whatLayersTakeIn() throws IOException {
    String graph =
        MODEL.replace(
            "    - Dense: {",
            """
                - Dense: {units: 8, name: other}
                  from: lstm_1
                - Add
                  from: [lstm_1, other]
                - Dense: {
            """
                .stripTrailing()
                .replace("- Add\n", "- Add: {}\n"));
    String a = file("g.yaml", graph);
    String b = file("h.yaml", graph.replace("from: [lstm_1, other]", "from: [other, other]"));

    assertEquals(
        "~ model.layers[4].from (add): [lstm_1, other] -> [other, other]\n",
        CommandLineRun.of("diff", a, b).out());
    assertEquals(a + " and " + a + " mean the same\n", CommandLineRun.of("diff", a, a).out());
  }

  @Test
  void whatAnotherGenerationDoesNotKnowIsNoDifferenceAtItsDefault() throws IOException {
    assertEquals(
        """
        ~ semantics: keras3 -> tf1
        ~ model.layers[1].LSTM.recurrent_activation (lstm): sigmoid -> hard_sigmoid
        ~ model.layers[2].LSTM.recurrent_activation (lstm_1): sigmoid -> hard_sigmoid
        ~ compile.loss.SparseCategoricalCrossentropy.reduction: sum_over_batch_size -> auto
        """,
        differences("semantics: tf1\n" + MODEL));
  }

  @Test
  void scriptsCanTell() throws IOException {
    String a = file("a.yaml", MODEL);
    String b = file("b.yaml", MODEL.replace("LSTM: 8", "LSTM: 12"));

    assertEquals(5, CommandLineRun.of("diff", a, b, "--exit-code").status());
    assertEquals(0, CommandLineRun.of("diff", a, a, "--exit-code").status());
    assertEquals(2, CommandLineRun.of("diff", a, a + ".none", "--exit-code").status());
    JsonNode json =
        new ObjectMapper().readTree(CommandLineRun.of("diff", a, b, "--format", "json").out());
    assertEquals(false, json.get("same").asBoolean());
    assertEquals(
        "[{\"kind\":\"changed\",\"path\":\"model.layers[2].LSTM.units\",\"layer\":\"lstm_1\","
            + "\"before\":\"8\",\"after\":\"12\"}]",
        json.get("differences").toString());
  }

  @Test
  void runsAreComparedByWhatTheyReached() throws IOException {
    Path model = SmallModel.write(temporary);
    String a = temporary.resolve("a").toString();
    String b = temporary.resolve("b").toString();
    CommandLineRun.of("train", model.toString(), "-o", a);
    CommandLineRun.of("train", model.toString(), "-o", b, "--seed", "2", "--set", "fit.epochs=2");

    CommandLineRun same = CommandLineRun.of("diff", model.toString(), a);
    assertEquals(model + " and " + a + " mean the same\n", same.out());

    CommandLineRun run = CommandLineRun.of("diff", a, b);
    assertEquals(0, run.status(), run.err());
    assertTrue(
        run.out()
            .matches(
                """
                ~ fit.epochs: 3 -> 2
                ~ environment.seed: 1 -> 2

                Results +A: last +B: last +A: best +B: best
                -+
                epoch +3 +2 +[1-3] +[12]
                loss( +[0-9.]+){4}
                accuracy( +[0-9.]+){4}
                val_loss( +[0-9.]+){4}
                val_accuracy( +[0-9.]+){4}
                """),
        run.out());

    JsonNode results =
        new ObjectMapper()
            .readTree(CommandLineRun.of("diff", a, b, "--format", "json").out())
            .get("results");
    assertEquals(3, results.get("a").get("epochs").asInt());
    JsonNode history =
        new ObjectMapper().readTree(Path.of(a).resolve("history.json").toFile()).get("loss");
    assertEquals(history.get(2).asDouble(), results.get("a").get("last").get("loss").asDouble());
  }
}
