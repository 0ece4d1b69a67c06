package org.rondoml.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondoml.core.io.NpyFormat;

/** A run on a table: what it has learned from the training data is used on other data. */
class TableRunTest {
  private static final String MODEL =
      """
      rondo: 1
      seed: 1
      data:
        train: {csv: {path: train.csv, target: y, types: {c: one_hot}}}
        transforms: [{standardize: {targets: true}}]
      model:
        layers:
          - Input: {shape: [3]}
          - Dense: {units: 1, kernel_initializer: zeros}
      compile: {optimizer: {SGD: {learning_rate: 0.5}}, loss: mse}
      fit: {epochs: 60, batch_size: 4}
      """;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void train() throws IOException {
    // y = 1000 + 10 · a, whatever c is.
    write("train.csv", "a,c,y\n1,p,1010\n2,q,1020\n3,q,1030\n4,p,1040\n");
    write("model.yaml", MODEL);
    CommandLineRun run = run("train", "model.yaml", "-o", path("run"), "--progress", "none");
    assertEquals(0, run.status(), run.err());
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private String path(String file) {
    return folder.resolve(file).toString();
  }

  private CommandLineRun run(String command, String first, String... more) {
    String[] arguments = new String[more.length + 2];
    arguments[0] = command;
    arguments[1] = path(first);
    System.arraycopy(more, 0, arguments, 2, more.length);
    return CommandLineRun.of(arguments);
  }

  @Test
  void keepsWhatItLearned() throws IOException {
    JsonNode data = new ObjectMapper().readTree(folder.resolve("run/data.json").toFile());

    assertEquals("{\"c\":[\"p\",\"q\"]}", data.get("classes").toString());
    assertEquals(
        "[{\"input 0 mean\":[2.5,0.5,0.5],\"input 0 deviation\":[1.118033988749895,0.5,0.5],"
            + "\"target 0 mean\":[1025.0],\"target 0 deviation\":[11.180339887498949]}]",
        data.get("transforms").toString());
  }

  @Test
  void learnsFromTheTrainingPartAlone() throws IOException {
    Path half = folder.resolve("half");
    CommandLineRun run =
        run("train", "model.yaml", "-o", half.toString(), "--set", "fit.validation_split=0.5");

    assertEquals(0, run.status(), run.err());
    JsonNode data = new ObjectMapper().readTree(half.resolve("data.json").toFile());
    assertEquals("[1.5,0.5,0.5]", data.get("transforms").get(0).get("input 0 mean").toString());
    assertEquals("[1015.0]", data.get("transforms").get(0).get("target 0 mean").toString());
  }

  @Test
  void predictsAnotherTableInUnitsOfTheTargetWithoutTheTrainingData() throws IOException {
    Files.delete(folder.resolve("train.csv"));
    write("new.csv", "a,c\n5,q\n0,q\n");
    CommandLineRun run = run("predict", "run", "--input", path("new.csv"));

    assertEquals(0, run.status(), run.err());
    assertEquals("y", run.out().lines().findFirst().orElse(""));
    List<Double> values = run.out().lines().skip(1).map(Double::valueOf).toList();
    assertEquals(1050, values.get(0), 0.05);
    assertEquals(1000, values.get(1), 0.05);
  }

  @Test
  void evaluatesAnotherTable() throws IOException {
    write("test.csv", "a,c,y\n5,q,1050\n6,p,1060\n");
    String source = "{csv: {path: '" + path("test.csv") + "', target: y, types: {c: one_hot}}}";
    CommandLineRun run = run("evaluate", "run", "--data", source);

    assertEquals("", run.err());
    assertEquals(0, Double.parseDouble(run.out().replace("loss: ", "")), 1e-4);
  }

  @Test
  void aTableToPredictNeedsTheColumnsThatKeysName() throws IOException {
    write("new.csv", "a,cc\n5,q\n");
    CommandLineRun run = run("predict", "run", "--input", path("new.csv"));

    assertEquals(path("new.csv") + ": no column 'c'; it has a, cc\n", run.err());
    assertEquals(3, run.status());
  }

  /** Another table may have words in another order, and not all of them. */
  @Test
  void wordsHaveTheNumbersOfTheTrainingData() throws IOException {
    write("test.csv", "a,c,y\n5,q,1050\n6,q,1060\n");
    String source = "{csv: {path: '" + path("test.csv") + "', target: y, types: {c: one_hot}}}";
    CommandLineRun run = run("evaluate", "run", "--data", source);

    assertEquals("", run.err());
    assertEquals(0, Double.parseDouble(run.out().replace("loss: ", "")), 1e-4);
  }

  @Test
  void refusesWordsWithOtherNumbers() throws IOException {
    write("test.csv", "a,c,y\n5,q,1050\n6,r,1060\n");
    String keys = "path: '" + path("test.csv") + "', target: y, types: {c: one_hot}";
    CommandLineRun run = run("evaluate", "run", "--data", "{csv: {" + keys + "}}");

    assertEquals(path("test.csv") + ":3: column 'c': found r, expected one of p, q\n", run.err());
    assertEquals(3, run.status());

    run = run("evaluate", "run", "--data", "{csv: {" + keys + ", categories: {c: [q, r]}}}");
    assertEquals(
        path("test.csv")
            + ": column 'c' has the classes [q, r], but the training data has [p, q], so their numbers"
            + " differ: write categories: {c: [p, q]} in both sources\n",
        run.err());
    assertEquals(3, run.status());

    write("new.csv", "a,c\n5,r\n");
    assertEquals(
        path("new.csv") + ":2: column 'c': found r, expected one of p, q\n",
        run("predict", "run", "--input", path("new.csv")).err());
  }

  @Test
  void goesOnWithWhatItLearned() throws IOException {
    String before = Files.readString(folder.resolve("run/data.json"));
    CommandLineRun run =
        run("train", "run", "--resume", "--set", "fit.epochs=61", "--progress", "none");

    assertEquals(0, run.status(), run.err());
    assertEquals(before, Files.readString(folder.resolve("run/data.json")));
  }

  @Test
  void tellsDamage() throws IOException {
    write("run/data.json", "{\"classes\": {}}");
    CommandLineRun run = run("evaluate", "run");

    assertTrue(run.err().startsWith(path("run/data.json") + ": damaged: "), run.err());
    assertEquals(3, run.status());
    write("run/data.json", "{\"classes\": {}, \"transforms\": []}");
    assertEquals(
        "data.transforms: found 1, but the run has learned for 0\n", run("evaluate", "run").err());
  }

  @Test
  void otherSourcesReadNoTables() throws IOException {
    write("t.csv", "a\n1\n");
    Path model = SmallModel.write(folder);
    Path small = folder.resolve("small");
    CommandLineRun.of("train", model.toString(), "-o", small.toString(), "--progress", "none");

    assertEquals(
        path("t.csv")
            + ": can't be read as the training data is, which comes from another kind of source;"
            + " expected .npy or .npz\n",
        CommandLineRun.of("predict", small.toString(), "--input", path("t.csv")).err());
  }

  /** Trains on a table with the weights that it begins with. */
  private String keeping(String csv, String shape, String layers, String loss) throws IOException {
    write("keeping.csv", csv);
    write(
        "keeping.yaml",
        """
        rondo: 1
        data: {train: {csv: {path: keeping.csv, KEYS}}}
        model: {layers: [{Input: {shape: SHAPE}}, LAYERS]}
        compile: {optimizer: {SGD: {learning_rate: 1e-30}}, loss: LOSS}
        """
            .replace(
                "KEYS",
                csv.startsWith("s,") ? "target: c, sequence: s, padding: post" : "target: c")
            .replace("SHAPE", shape)
            .replace("LAYERS", layers)
            .replace("LOSS", loss));
    String run = path("keeping-" + loss + shape.length());
    CommandLineRun trained = run("train", "keeping.yaml", "-o", run, "--progress", "none");
    assertEquals(0, trained.status(), trained.err());
    return run;
  }

  private static final String SOFTMAX =
      "{Dense: {units: 3, activation: softmax, kernel_initializer: zeros}}";

  @Test
  void classesAreToldByTheirNames() throws IOException {
    String model =
        keeping(
            "a,c\n1,x\n2,\"y, \"\"too\"\"\"\n3,z\n4,x\n",
            "[1]",
            SOFTMAX,
            "sparse_categorical_crossentropy");
    write("new.csv", "a\n5\n0\n");
    Path csv = folder.resolve("out.csv");
    CommandLineRun printed = CommandLineRun.of("predict", model, "--input", path("new.csv"));
    CommandLineRun.of("predict", model, "--input", path("new.csv"), "--output", csv.toString());

    String third = Float.toString(1 / 3f);
    String row = "x," + third + "," + third + "," + third + "\n";
    assertEquals("c,x,\"y, \"\"too\"\"\",z\n" + row + row, printed.out());
    assertEquals(printed.out(), Files.readString(csv).replace("\r\n", "\n"));
  }

  @Test
  void arraysHaveNoNames() throws IOException {
    String model =
        keeping("a,c\n1,x\n2,y\n3,z\n", "[1]", SOFTMAX, "sparse_categorical_crossentropy");
    Path npy = folder.resolve("out.npy");
    CommandLineRun.of("predict", model, "--output", npy.toString());

    assertArrayEquals(new long[] {3, 3}, NpyFormat.read(npy).shape());
  }

  @Test
  void ofTwoClassesEachHasItsProbability() throws IOException {
    String layer = "{Dense: {units: 1, activation: sigmoid, kernel_initializer: ones}}";
    write("new.csv", "a\n-1\n0\n2\n");
    String low = Float.toString(1 / (1 + (float) Math.exp(1)));
    String words = keeping("a,c\n1,no\n2,yes\n", "[1]", layer, "binary_crossentropy");
    List<String> lines =
        CommandLineRun.of("predict", words, "--input", path("new.csv")).out().lines().toList();
    assertEquals("c,no,yes", lines.get(0));
    assertEquals("no", lines.get(1).split(",", -1)[0]);
    assertEquals(Float.parseFloat(low), Float.parseFloat(lines.get(1).split(",", -1)[2]), 1e-6);
    assertEquals("no,0.5,0.5", lines.get(2));
    assertEquals("yes", lines.get(3).split(",", -1)[0]);

    String truths = keeping("a,c\n1,TRUE\n2,false\n", "[1]", layer, "mse");
    assertEquals(
        List.of("c,false,true", "false,0.5,0.5"),
        CommandLineRun.of("predict", truths, "--input", path("new.csv"))
            .out()
            .lines()
            .filter(line -> line.endsWith("true") || line.endsWith("0.5"))
            .toList());
  }

  @Test
  void classesThatAreNumbersAreToldByThem() throws IOException {
    String model =
        keeping("a,c\n1,0\n2,2\n3,1\n", "[1]", SOFTMAX, "sparse_categorical_crossentropy");
    Files.delete(folder.resolve("keeping.csv"));
    write("new.csv", "a\n5\n");

    assertEquals(
        "c,0,1,2",
        CommandLineRun.of("predict", model, "--input", path("new.csv"))
            .out()
            .lines()
            .findFirst()
            .orElse(""));
  }

  @Test
  void eachRowOfASequenceIsPredictedAndNoPadding() throws IOException {
    String model =
        keeping(
            "s,a,c\n1,1,x\n1,2,y\n1,3,z\n2,4,x\n",
            "[3, 1]",
            "{Masking: 0.0}, {Dense: {units: 3, activation: softmax, kernel_initializer: ones,"
                + " bias_initializer: zeros}}",
            "sparse_categorical_crossentropy");
    write("new.csv", "s,a\n7,1\n8,2\n8,3\n9,4\n9,5\n9,6\n");
    CommandLineRun run = CommandLineRun.of("predict", model, "--input", path("new.csv"));

    assertEquals("", run.err());
    assertEquals(7, run.out().lines().count(), run.out());
    Path npy = folder.resolve("out.npy");
    CommandLineRun.of("predict", model, "--input", path("new.csv"), "--output", npy.toString());
    assertArrayEquals(new long[] {3, 3, 3}, NpyFormat.read(npy).shape());
    write("new.csv", "s,a\n7,1\n7,2\n7,3\n7,4\n");
    assertEquals(
        path("new.csv")
            + ":2: column 's': the sequence 7 has 4 rows, but the model's Input has 3 steps: let it"
            + " have 4, or write maxlen: 3 to leave out what is more\n",
        CommandLineRun.of("predict", model, "--input", path("new.csv")).err());
  }

  @Test
  void stepsAreCountedByTheirClassAndPaddingIsNot() throws IOException {
    keeping(
        "s,a,c\n1,1,x\n1,2,y\n1,3,y\n2,4,z\n",
        "[3, 1]",
        "{Masking: 0.0}, {Dense: {units: 3, activation: softmax}}",
        "sparse_categorical_crossentropy");
    CommandLineRun run = run("check", "keeping.yaml", "--data");

    assertTrue(
        run.out()
            .endsWith("Classes of y in train:\n  x: 1 (25.0 %)  y: 2 (50.0 %)  z: 1 (25.0 %)\n"),
        run.out());
  }

  @Test
  void wordsOfAModelFileAreThoseOfItsTrainingData() throws IOException {
    write("train.csv", "a,c,y\n1,p,1010\n2,q,1020\n");
    write(
        "plain.yaml", MODEL.replace("        transforms: [{standardize: {targets: true}}]\n", ""));
    write("new.csv", "a,c\n5,r\n");

    run("export", "run", path("weights.npz"));

    assertEquals(
        path("new.csv") + ":2: column 'c': found r, expected one of p, q\n",
        run(
                "predict",
                "plain.yaml",
                "--initial-weights",
                path("weights.npz"),
                "--input",
                path("new.csv"))
            .err());
  }
}
