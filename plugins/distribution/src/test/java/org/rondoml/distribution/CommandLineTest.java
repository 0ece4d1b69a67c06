package org.rondoml.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondoml.core.compute.Vec;

/** What the commands print and how they end. */
class CommandLineTest {
  private static final String COMMANDS =
      "new, train, evaluate, predict, generate, check, resolve, import, export, diff, bench, inspect, plugins,"
          + " schema";

  @TempDir private Path temporary = Path.of("");
  private Path model = Path.of("");
  private Path run = Path.of("");

  @BeforeEach
  void writeModel() throws IOException {
    model = SmallModel.write(temporary);
    run = temporary.resolve("run");
  }

  private CommandLineRun train(String... more) {
    String[] arguments = new String[more.length + 4];
    arguments[0] = "train";
    arguments[1] = model.toString();
    arguments[2] = "-o";
    arguments[3] = run.toString();
    System.arraycopy(more, 0, arguments, 4, more.length);
    return CommandLineRun.of(arguments);
  }

  private static void assertRefused(int status, String message, CommandLineRun run) {
    assertEquals(message + "\n", run.err());
    assertEquals("", run.out());
    assertEquals(status, run.status());
  }

  @Test
  void trainPrintsWhatComputesALineAnEpochAndWhereTheRunIs() throws IOException {
    CommandLineRun result = train("--threads", "2");

    assertEquals(0, result.status(), result.err());
    assertEquals("run saved in " + run + "\n", result.out());
    List<String> lines = result.err().lines().toList();
    assertEquals(4, lines.size(), result.err());
    assertTrue(
        lines
            .get(0)
            .matches(
                "computing with onednn 3\\.11 \\(\\w+\\) and"
                    + " (the Vector API \\(\\d+ bits\\)|plain loops \\(.+ computes faster\\)), 2 threads"),
        lines.get(0));
    assertTrue(Files.readString(run.resolve("log.txt")).contains(" " + lines.get(0) + "\n"));
    assertTrue(
        lines.stream()
            .skip(3)
            .allMatch(
                line ->
                    line.matches(
                        "Epoch 3/3 - 2/2 - 0s \\d+[mu]s/step - accuracy: 0\\.\\d{4} - loss: 0\\.\\d{4}"
                            + " - val_accuracy: [01]\\.\\d{4} - val_loss: 0\\.\\d{4}")),
        result.err());
  }

  @Test
  void trainSaysNothingWhereNoProgressIsWanted() throws IOException {
    CommandLineRun result = train("--progress", "none", "--threads", "1");

    assertEquals("", result.err());
    assertTrue(Files.readString(run.resolve("log.txt")).contains(" computing with onednn "));
    JsonNode environment =
        new ObjectMapper().readTree(Files.readString(run.resolve("environment.json")));
    assertEquals(Vec.implementation(), environment.get("elementwise").asText());
  }

  @Test
  void trainSaysWhyItIsSlower() {
    CommandLineRun result = train("--set", "precision=float64");

    assertTrue(
        result.err().startsWith("computing with openblas 0.3.31 (onednn has no float64) and "),
        result.err());
  }

  @Test
  void trainTellsProgramsInJson() throws IOException {
    JsonNode result = new ObjectMapper().readTree(train("--format", "json").out());

    assertEquals(run.toString(), result.get("run").asText());
    assertTrue(result.get("done").asBoolean());
    assertEquals(3, result.get("history").get("val_accuracy").size());
  }

  @Test
  void evaluatePredictAndExportUseTheRun() throws IOException {
    train();
    String folder = run.toString();

    CommandLineRun evaluated = CommandLineRun.of("evaluate", folder, "--data", "train");
    assertTrue(evaluated.out().matches("loss: 0\\.\\d+\naccuracy: \\d\\.\\d+\n"), evaluated.out());
    assertEquals("", evaluated.err());

    JsonNode other =
        new ObjectMapper()
            .readTree(
                CommandLineRun.of(
                        "evaluate",
                        folder,
                        "--data",
                        "{npz: {path: '" + temporary.resolve("data.npz") + "', x: x, y: y}}",
                        "--format",
                        "json")
                    .out());
    assertTrue(other.get("loss").isDouble());

    CommandLineRun predicted = CommandLineRun.of("predict", folder);
    assertEquals(
        "predicting the validation samples of the model file; --input names others\n",
        predicted.err());
    assertEquals(16, predicted.out().lines().count());
    assertTrue(predicted.out().lines().allMatch(l -> l.split(",", -1).length == 2));

    Path csv = temporary.resolve("y.csv");
    CommandLineRun.of("predict", folder, "--output", csv.toString());
    assertEquals(predicted.out(), Files.readString(csv).replace("\r\n", "\n"));

    Path h5 = temporary.resolve("w.weights.h5");
    assertEquals(0, CommandLineRun.of("export", folder, h5.toString()).status());
    CommandLineRun again =
        CommandLineRun.of("predict", model.toString(), "--initial-weights", h5.toString());
    assertEquals(predicted.out(), again.out());
  }

  @Test
  void figuresOfEachClassAreLoggedByNumberAndShownAsTheirMean() throws IOException {
    CommandLineRun trained =
        train(
            "--progress",
            "plain",
            "--set",
            "data.transforms=[{one_hot: {num_classes: 2}}]",
            "--set",
            "compile.loss=categorical_crossentropy",
            "--set",
            "compile.metrics=[{F1Score: {average: none}}]",
            "--set",
            "fit.callbacks=[{EarlyStopping: {monitor: 'val_f1_score[1]'}}, {CSVLogger: log.csv}]");
    assertEquals(0, trained.status(), trained.err());
    JsonNode history = new ObjectMapper().readTree(run.resolve("history.json").toFile());
    double mean =
        (history.get("f1_score[0]").get(0).asDouble()
                + history.get("f1_score[1]").get(0).asDouble())
            / 2;
    assertTrue(
        trained.err().contains(String.format(Locale.ROOT, " - f1_score: %.4f - loss: ", mean)),
        trained.err());
    assertEquals(
        "epoch,f1_score[0],f1_score[1],loss,val_f1_score[0],val_f1_score[1],val_loss",
        Files.readAllLines(run.resolve("log.csv")).get(0));
    JsonNode evaluated =
        new ObjectMapper()
            .readTree(CommandLineRun.of("evaluate", run.toString(), "--format", "json").out());
    assertTrue(evaluated.get("f1_score[1]").isDouble(), evaluated.toString());
  }

  @Test
  void aRunIsNotOverwritten() throws IOException {
    train();
    byte[] before = Files.readAllBytes(run.resolve("checkpoints/last.npz"));

    assertRefused(
        2,
        run
            + ": a run is there already; add --resume to go on with it, or name another folder with -o",
        train());
    assertArrayEquals(before, Files.readAllBytes(run.resolve("checkpoints/last.npz")));
  }

  @Test
  void mistakesInTheFileAreToldWithTheirPlace() {
    CommandLineRun result = train("--set", "model.layers.1.LSTM.unitz=3", "--set", "fit.epochs=0");

    assertEquals(2, result.status());
    assertEquals(2, result.err().lines().count(), result.err());
    assertTrue(
        result.err().contains("--set:1: model.layers[1].LSTM.unitz: unknown key"), result.err());
    assertTrue(result.err().contains("did you mean 'units'?"), result.err());
    assertFalse(Files.exists(run));
  }

  @Test
  void missingDataLeavesNoRunBehind() throws IOException {
    Files.delete(temporary.resolve("data.npz"));

    assertRefused(3, temporary.toAbsolutePath().resolve("data.npz") + ": no such file", train());
    assertFalse(Files.exists(run));
  }

  @Test
  void weightsThatDontFitLeaveNoRunBehind() {
    Path npz = temporary.resolve("data.npz");
    CommandLineRun result = train("--initial-weights", npz.toString());

    assertEquals(3, result.status());
    assertTrue(
        result.err().startsWith(npz + ": 2 arrays, but the model has 8 weights"), result.err());
    assertEquals(1, result.err().lines().count());
    assertFalse(Files.exists(run));
  }

  @Test
  void trainingThatDivergesSaysWhereAndWhatHelps() {
    CommandLineRun result =
        train(
            "--progress", "none",
            "--set", "compile.optimizer={SGD: {learning_rate: 1.0e+30}}",
            "--set", "fit.epochs=50",
            "--set", "compile.loss=mse",
            "--set", "model.layers.4.Dense={units: 1}");

    assertEquals(4, result.status(), result.err());
    assertTrue(
        result
            .err()
            .matches(
                "loss is (NaN|Infinity) at epoch \\d+, step \\d+: training can't go on\\. .*\n"),
        result.err());
    assertTrue(Files.exists(run.resolve("checkpoints/last.npz")));
  }

  @Test
  void usageIsTold() {
    assertRefused(
        2,
        "found no command; expected one of "
            + COMMANDS
            + "\n"
            + "Usage: rondo [-hV] COMMAND\n'rondo --help' tells more.",
        CommandLineRun.of());
    assertRefused(2, "--threads: found 0, expected at least 1", train("--threads", "0"));
    assertRefused(
        2,
        model
            + " is a model file, which has no weights: add --initial-weights FILE, or name a run,"
            + " a folder that train wrote",
        CommandLineRun.of("predict", model.toString()));
    train();
    assertRefused(
        2,
        temporary.resolve("w.pb") + ": unknown ending; expected .json or .npz or .weights.h5",
        CommandLineRun.of("export", run.toString(), temporary.resolve("w.pb").toString()));
    assertRefused(
        2,
        "y.txt: unknown ending; expected .npy or .npz or .csv",
        CommandLineRun.of("predict", run.toString(), "--output", "y.txt"));
    assertRefused(
        2,
        run + ": is a run; add --resume to go on with it",
        CommandLineRun.of("train", run.toString()));
  }

  @Test
  void aRunThatIsNotThereIsToldAsSuch() {
    Path none = temporary.resolve("none");
    assertRefused(
        2,
        none
            + ": no such file or folder; expected a run, a folder that train writes, or a model file",
        CommandLineRun.of("evaluate", none.toString()));
  }

  @Test
  void anUnknownCommandIsNamed() {
    assertRefused(
        2,
        "unknown command 'fit'; expected one of "
            + COMMANDS
            + "\n"
            + "Usage: rondo [-hV] COMMAND\n'rondo --help' tells more.",
        CommandLineRun.of("fit"));
  }

  @Test
  void aFolderThatHoldsSomethingElseIsLeftAlone() throws IOException {
    Files.createDirectory(run);
    Files.writeString(run.resolve("notes.txt"), "mine");

    assertRefused(
        2, run + ": is there already and not empty; name another folder with -o", train());
  }

  @Test
  void checkTellsLayersParametersAndCost() {
    CommandLineRun result = CommandLineRun.of("check", "../../examples/mnist-rows/model.yaml");

    assertEquals(
        """
        Model: mnist-rows (tf1, float32)

        Layer (type)         Output shape     Parameters
        ------------------------------------------------
        input (Input)        (None, 28, 28)            0
        lstm (LSTM)          (None, 28, 256)     291,840
        dropout (Dropout)    (None, 28, 256)           0
        lstm_1 (LSTM)        (None, 256)         525,312
        dropout_1 (Dropout)  (None, 256)               0
        dense (Dense)        (None, 32)            8,224
        dropout_2 (Dropout)  (None, 32)                0
        dense_1 (Dense)      (None, 10)              330

        Parameters: 825,706
        Matrix products: 45.7 MFLOP a sample forward, 135.4 MFLOP a sample of training
        """,
        result.out().lines().limit(15).map(l -> l + "\n").reduce("", String::concat));
    assertEquals("", result.err());
  }

  @Test
  void checkTellsProgramsInJson() throws IOException {
    JsonNode summary =
        new ObjectMapper()
            .readTree(CommandLineRun.of("check", model.toString(), "--format", "json").out());
    assertEquals(946, summary.get("parameters").asLong());
    assertEquals("[null,5,8]", summary.get("layers").get(1).get("output_shapes").get(0).toString());

    CommandLineRun wrong =
        CommandLineRun.of("check", model.toString(), "--format", "json", "--set", "fit.epochs=x");
    assertEquals(2, wrong.status());
    JsonNode problem = new ObjectMapper().readTree(wrong.out()).get("problems").get(0);
    assertEquals("fit.epochs", problem.get("path").asText());
    assertEquals("ERROR", problem.get("severity").asText());
  }

  @Test
  void pluginsTellsKeysAndDefaults() {
    String all = CommandLineRun.of("plugins").out();
    assertTrue(
        all.lines().anyMatch(l -> l.matches("layer +LSTM +\\S*lstm\\S*.*|layer +LSTM +classes")),
        all);

    String lstm = CommandLineRun.of("plugins", "lstm").out();
    assertTrue(lstm.startsWith("LSTM, layer, also lstm\n"), lstm);
    assertTrue(lstm.lines().anyMatch(l -> l.matches("units +whole number +required +\\S.*")), lstm);
    assertTrue(
        lstm.lines()
            .anyMatch(
                l ->
                    l.matches(
                        "recurrent_activation +activation +sigmoid \\(tf1: hard_sigmoid\\) +\\S.*")),
        lstm);
    assertRefused(
        2,
        "unknown component 'LSTN'; 'rondo plugins' lists what is installed",
        CommandLineRun.of("plugins", "LSTN"));
  }

  @Test
  void aRunWithoutItsEnvironmentIsRefused() throws IOException {
    train();
    Files.delete(run.resolve("environment.json"));

    assertRefused(
        3,
        run.resolve("environment.json")
            + ": missing or damaged: "
            + run.resolve("environment.json"),
        CommandLineRun.of("evaluate", run.toString(), "--data", "train"));
  }

  @Test
  void laterFilesAreLaidOverEarlierOnes() throws IOException {
    Files.writeString(
        temporary.resolve("overlay.yaml"), "fit: {epochs: 1}\n", StandardCharsets.UTF_8);
    CommandLineRun result =
        CommandLineRun.of(
            "train",
            model.toString(),
            temporary.resolve("overlay.yaml").toString(),
            "-o",
            run.toString());
    assertEquals(0, result.status(), result.err());
    assertTrue(result.err().lines().toList().get(1).startsWith("2/2 - 0s "), result.err());
  }
}
