package org.rondoml.distribution;

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
    List<Double> values = run.out().lines().map(Double::valueOf).toList();
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
  void refusesWordsWithOtherNumbers() throws IOException {
    write("test.csv", "a,c,y\n5,q,1050\n6,r,1060\n");
    String source = "{csv: {path: '" + path("test.csv") + "', target: y, types: {c: one_hot}}}";
    CommandLineRun run = run("evaluate", "run", "--data", source);

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
}
