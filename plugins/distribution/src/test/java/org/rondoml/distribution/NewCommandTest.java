package org.rondoml.distribution;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondoml.dsl.starter.Template;

/** {@code rondo new}: what it writes, that it trains, and what it refuses. */
class NewCommandTest {
  private static final String[] FLOWERS = {"setosa", "versicolor", "virginica"};

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void writeTables() throws IOException {
    StringBuilder flowers = new StringBuilder("id,petal length,width,garden,note,species\n");
    StringBuilder sales = new StringBuilder("day;shop;units;price;open;rating\n");
    for (int i = 0; i < 60; i++) {
      flowers.append(
          String.format(
              Locale.ROOT,
              "%d,%.1f,%s,%s,note %d,%s%n",
              i + 1,
              1 + i % 3 + i / 100.0,
              i == 7 ? "" : "0." + (i % 3 + 1),
              i % 2 == 0 ? "north" : "south",
              i,
              FLOWERS[i % 3]));
      sales.append(
          String.format(
              Locale.ROOT,
              "%s;%s;%d;%d,5;%b;%d%n",
              LocalDate.of(2024, 1, 1).plusDays(i),
              i % 2 == 0 ? "A" : "B",
              i % 7,
              i,
              i % 3 == 0,
              i % 5));
    }
    StringBuilder tunes = new StringBuilder("tune,step,pitch,length,kind\n");
    for (int i = 0; i < 60; i++) {
      int step = i % 5; // tunes of two and three notes
      tunes.append(
          String.format(
              Locale.ROOT,
              "T%d,%d,%d,%s,%s%n",
              2 * (i / 5) + (step < 2 ? 0 : 1),
              step < 2 ? step : step - 2,
              60 + i % 7,
              i % 3 == 0 ? "long" : "short",
              i % 10 < 5 ? "reel" : "jig"));
    }
    Files.writeString(folder.resolve("tunes.csv"), tunes);
    Files.writeString(folder.resolve("flowers.csv"), flowers);
    Files.writeString(folder.resolve("sales.csv"), sales);
  }

  private CommandLineRun create(String... arguments) {
    List<String> all = new ArrayList<>(List.of("new"));
    for (String argument : arguments) {
      boolean file = argument.matches(".*\\.(csv|yaml|txt|json|bin)");
      all.add(file ? folder.resolve(argument).toString() : argument);
    }
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve(file)).replace(folder + "/", "");
  }

  private void assertTrains(String file, String... sets) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                folder.resolve(file).toString(),
                "-o",
                folder.resolve("run").toString(),
                "--set",
                "fit.epochs=1"));
    for (String set : sets) {
      arguments.add("--set");
      arguments.add(set);
    }
    CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("val_loss: "), run.err());
  }

  private void assertFits(String file) throws IOException {
    CommandLineRun check = CommandLineRun.of("check", folder.resolve(file).toString());
    assertEquals(0, check.status(), check.err());
    assertEquals("", check.err());
    text(file)
        .lines()
        .forEach(line -> assertTrue(line.length() <= 100, "longer than 100 columns: " + line));
  }

  @ParameterizedTest
  @EnumSource(Template.class)
  void templatesTrainAsTheyAre(Template template) throws IOException {
    CommandLineRun run = create("--template", template.toString(), "start.yaml");

    assertEquals("", run.err());
    assertTrue(
        run.out()
            .endsWith(
                "wrote start.yaml; next: rondo train start.yaml\n"
                    .replace("start", folder + "/start")),
        run.out());
    assertFits("start.yaml");
    assertTrains("start.yaml", "fit.steps_per_epoch=2", "fit.validation_steps=1");
  }

  @Test
  void aTemplateBringsItsData() throws IOException {
    CommandLineRun run = create("--template", "forecaster", "start.yaml");

    assertEquals(
        "wrote " + folder.resolve("co2-weekly.csv") + ", its data\n",
        run.out().lines().findFirst().orElse("") + "\n");
    assertTrue(
        text("co2-weekly.csv").startsWith("date,co2_ppmv,interpolated\n1958-03-29,316.1,0\n"));
    assertTrue(text("start.yaml").contains("# Train it with: rondo train start.yaml\n"));
  }

  /** The numbers of the template's comments that are those of its data. */
  @Test
  void theLabellersDataIsWhatItsCommentsSay() throws IOException {
    create("--template", "labeller", "start.yaml");
    List<String> lines = Files.readAllLines(folder.resolve("scale-degrees.csv"));
    List<String[]> notes = lines.stream().skip(1).map(line -> line.split(",", -1)).toList();

    assertEquals("tune,midi,degree", lines.get(0));
    Map<String, Long> tunes =
        notes.stream().collect(Collectors.groupingBy(n -> n[0], Collectors.counting()));
    Map<String, Long> degrees =
        notes.stream().collect(Collectors.groupingBy(n -> n[2], Collectors.counting()));
    assertEquals(266, tunes.size());
    assertEquals(128, Collections.max(tunes.values()));
    assertEquals(34, notes.stream().map(n -> n[1]).distinct().count());
    assertEquals(13, degrees.size());
    assertEquals(0.23, (double) degrees.get("do") / notes.size(), 0.005);
    assertTrue(Files.size(folder.resolve("scale-degrees.csv")) < 300_000);
  }

  @Test
  void explainsEveryChoice() throws IOException {
    CommandLineRun run = create("--data", "flowers.csv", "--target", "species", "flowers.yaml");

    assertEquals("", run.err());
    assertEquals(0, run.status());
    assertEquals(
        """
        # Predicts 'species', one of 3 classes, from flowers.csv, which has 60 rows and 6 columns.
        # Train it with: rondo train flowers.yaml
        rondo: 1
        name: flowers
        # The same seed gives the same result; another one tells how much of it was luck.
        seed: 42

        data:
          train:
            csv:
              path: flowers.csv
              # Its words become class numbers in sorted order: 0 is setosa, 1 is versicolor, 2 is
              # virginica.
              target: species
              # No inputs: id counts the rows, note is text with many different values.
              exclude: [id, note]
              # Words have no order, so each different one becomes an input of its own, 0 or 1.
              types: {garden: one_hot}
              # An order of chance makes the samples to evaluate on a fair choice, even where the file is
              # sorted.
              shuffle: true
              seed: 42
              # 1 value is missing, in 'width': the mean of the column takes its place.
              missing: mean
          # Networks learn best from numbers around 0 and about 1 in size. Means and deviations are learned
          # from the training samples alone and kept with the run.
          transforms:
            - standardize: {}

        model:
          layers:
            # The numbers of a row: 4 from 3 columns.
            - Input: {shape: [4]}
            # Twice as many units as inputs, or somewhat more, are a fair start; with few rows, a larger
            # network learns them by heart.
            - Dense: {units: 16, activation: relu}
            - Dense: {units: 8, activation: relu}
            # A probability for each class.
            - Dense: {units: 3, activation: softmax}

        compile:
          # Adam with its default rate is a good start; a smaller one, such as 3e-4, where the loss jumps.
          optimizer: {Adam: {learning_rate: 1e-3}}
          loss: sparse_categorical_crossentropy
          metrics: [accuracy]

        fit:
          # More than it takes: EarlyStopping below finds the end.
          epochs: 100
          batch_size: 32
          # A fifth of the samples is not trained on, but shows after every epoch what the model does with
          # data it hasn't seen.
          validation_split: 0.2
          callbacks:
            # Stops when that part hasn't got better for 10 epochs, and takes the best weights.
            - EarlyStopping: {monitor: val_loss, patience: 10, restore_best_weights: true}
        """,
        text("flowers.yaml"));
  }

  static Stream<List<String>> tables() {
    return Stream.of(
        List.of("flowers.csv", "species", "Predicts 'species', one of 3 classes"),
        List.of("flowers.csv", "petal length", "Predicts 'petal length', a number"),
        List.of("flowers.csv", "garden", "Predicts 'garden', one of two classes"),
        List.of("sales.csv", "price", "Forecasts 'price', a number", "  window: 6\n"),
        List.of("sales.csv", "price,units", "Forecasts 'price', 'units', 2 numbers"),
        List.of(
            "sales.csv", "price", "Predicts 'price', a number", "exclude: [day]", "--window", "0"),
        List.of("sales.csv", "open", "Predicts 'open', one of two classes"),
        List.of("sales.csv", "rating", "Forecasts 'rating', a number", "Taken for a quantity."),
        List.of(
            "sales.csv",
            "shop",
            "Forecasts 'shop', one of two classes",
            "features: [units, ",
            "--window",
            "5"),
        List.of("sales.csv", "price", "Forecasts 'price'", "  horizon: 7\n", "--horizon", "7"),
        List.of(
            "tunes.csv",
            "kind",
            "Predicts 'kind', one of two classes for each sequence, from tunes.csv, which has 60 rows",
            "target_per: sequence\n",
            "--sequence",
            "tune"),
        List.of(
            "tunes.csv",
            "pitch",
            "Predicts 'pitch', a number for each row of a sequence",
            "- standardize: {targets: true}\n",
            "--sequence",
            "tune"));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void filesForTablesTrain(List<String> table) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("--data", table.get(0), "--target", table.get(1), "start.yaml"));
    arguments.addAll(table.subList(Math.min(4, table.size()), table.size()));
    CommandLineRun run = create(arguments.toArray(String[]::new));

    assertEquals("", run.err());
    assertTrue(text("start.yaml").startsWith("# " + table.get(2)), text("start.yaml"));
    assertTrue(table.size() < 4 || text("start.yaml").contains(table.get(3)), text("start.yaml"));
    assertFits("start.yaml");
    assertTrains("start.yaml");
  }

  @Test
  void sequencesAreExplained() throws IOException {
    CommandLineRun run =
        create("--data", "tunes.csv", "--target", "length", "--sequence", "tune", "start.yaml");

    assertEquals("", run.err());
    assertFits("start.yaml");
    assertTrains("start.yaml");
    String text = text("start.yaml");
    assertEquals(
        """
        # Predicts 'length', one of two classes for each row of a sequence, from tunes.csv, which has 60
        # rows in 24 sequences, and 5 columns.
        """,
        text.substring(0, text.indexOf("# Train")));
    assertEquals(
        """
              # Rows one after another with the same in this column are one sample. Each row of it has its
              # target.
              sequence: tune
              # All samples have as many steps as the longest sequence; a shorter one gets steps of 0 at its
              # end.
              maxlen: 3
              padding: post
              # An order""",
        text.substring(text.indexOf("      # Rows one after"), text.indexOf(" of chance makes"))
            .stripIndent());
    assertEquals(
        """
            # Steps of a sequence, and numbers of a step.
            - Input: {shape: [3, 4]}
            # Steps that only make sequences equally long are none: what follows passes over them, and they
            # count nowhere.
            - Masking: {mask_value: 0.0}
            # Reads a sequence forwards and backwards, so that each step knows all of it.
            - Bidirectional: {layer: {LSTM: {units: 16, return_sequences: true}}}
            # The probability of the class with number 1.
            - Dense: {units: 1, activation: sigmoid}
        """,
        text.substring(text.indexOf("    # Steps of a"), text.indexOf("\ncompile:")).stripIndent());
  }

  @Test
  void aLoneNumberIsPaddedWithWhatItHardlyIs() throws IOException {
    StringBuilder text = new StringBuilder("s,a,b\n");
    for (int i = 0; i < 30; i++) {
      text.append(i / 2).append(',').append(1 + i % 3).append(',').append(i).append('\n');
    }
    Files.writeString(folder.resolve("one.csv"), text);
    create("--data", "one.csv", "--target", "b", "--sequence", "s", "start.yaml");

    assertTrue(text("start.yaml").contains("      value: -9\n"), text("start.yaml"));
    assertTrue(text("start.yaml").contains("- Masking: {mask_value: -9.0}\n"));
    assertFits("start.yaml");
    assertTrains("start.yaml");
  }

  @Test
  void namesThatYamlWouldMisreadAreQuoted() throws IOException {
    Files.writeString(
        folder.resolve("odd.csv"), "yes,\"a: \"\"b\"\"\",3 #\n".concat("1.5,2,3.5\n".repeat(20)));
    assertEquals(0, create("--data", "odd.csv", "--target", "yes", "start.yaml").status());

    assertTrue(text("start.yaml").contains("      target: \"yes\"\n"), text("start.yaml"));
    assertFits("start.yaml");
    assertTrains("start.yaml");
  }

  @Test
  void aSchemaIsNamedForEditors() throws IOException {
    Files.createDirectories(folder.resolve("models"));
    Files.writeString(folder.resolve("rondo.schema.json"), "{}");
    create("--template", "classifier", "--schema", "rondo.schema.json", "a.yaml");
    create("--template", "classifier", "--schema", "rondo.schema.json", "models/b.yaml");

    assertEquals(
        "# yaml-language-server: $schema=./rondo.schema.json",
        text("a.yaml").lines().findFirst().orElse(""));
    assertEquals(
        "# yaml-language-server: $schema=rondo.schema.json",
        text("models/b.yaml").lines().findFirst().orElse(""));
    assertFalse(text("a.yaml").substring(2).contains("# yaml-language-server"));
    assertFits("models/b.yaml");
  }

  @Test
  void tablesElsewhereAreFoundFromTheModelFile() throws IOException {
    Files.createDirectories(folder.resolve("models"));
    Path here = Path.of("").toAbsolutePath();
    CommandLineRun run =
        CommandLineRun.of(
            "new",
            here.relativize(folder.resolve("models/start.yaml")).toString(),
            "--data",
            here.relativize(folder.resolve("flowers.csv")).toString(),
            "--target",
            "species");

    assertEquals(0, run.status(), run.err());
    assertTrue(text("models/start.yaml").contains("      path: ../flowers.csv\n"));
    assertTrains("models/start.yaml");
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    for (String file : List.of("start.yaml", "co2-weekly.csv")) {
      Files.writeString(folder.resolve(file), "mine");
    }
    String taken = ": is there already, and is left as it is; name another file, or move it away";

    assertRefused(folder.resolve("start.yaml") + taken, "--template", "classifier", "start.yaml");
    assertRefused(
        folder.resolve("start.yaml") + taken,
        "--data",
        "flowers.csv",
        "--target",
        "species",
        "start.yaml");
    assertRefused(
        folder.resolve("co2-weekly.csv") + taken, "--template", "forecaster", "other.yaml");
    assertEquals("mine", text("start.yaml"));
    assertEquals("mine", text("co2-weekly.csv"));
    assertFalse(Files.exists(folder.resolve("other.yaml")));
  }

  private void assertRefused(String message, String... arguments) {
    CommandLineRun run = create(arguments);
    assertAll(
        () -> assertEquals(message + "\n", run.err()),
        () -> assertEquals("", run.out()),
        () -> assertEquals(2, run.status()));
  }

  @Test
  void mistakesAreTold() throws IOException {
    String choices =
        "; expected --template with one of classifier, forecaster, labeller, letters, generator, or --data TABLE --target COLUMN";
    assertRefused("nothing to start from" + choices);
    assertRefused(
        "--template: found forcaster, expected one of classifier, forecaster, labeller, letters, generator (did you mean"
            + " 'forecaster'?)",
        "--template",
        "forcaster",
        "a.yaml");
    assertRefused(
        "--template and --data are both there" + choices,
        "--template",
        "classifier",
        "--data",
        "flowers.csv");
    assertRefused(
        "--target, --window, --horizon and --sequence are for --data TABLE",
        "--template",
        "classifier",
        "--window",
        "3",
        "a.yaml");
    assertRefused(
        folder.resolve("flowers.csv")
            + ": expected a model file to write, NAME.yaml; a table is named by --data",
        "--template",
        "classifier",
        "flowers.csv");
    assertRefused(
        "cannot write "
            + folder.resolve("none/a.yaml")
            + ": the folder "
            + folder.resolve("none")
            + " does not exist; create it first",
        "--template",
        "classifier",
        "none/a.yaml");
    assertRefused(
        "--schema: "
            + folder.resolve("none.json")
            + ": no such file; expected a JSON Schema of model files",
        "--template",
        "classifier",
        "--schema",
        "none.json",
        "a.yaml");
    assertRefused(
        "add --target COLUMN, the column to predict; "
            + folder.resolve("flowers.csv")
            + " has id, petal length, width, garden, note, species",
        "--data",
        "flowers.csv",
        "a.yaml");
    assertRefused(
        "--target: flowers.csv has no column 'specis' (did you mean 'species'?); it has id, petal"
            + " length, width, garden, note, species",
        "--data",
        "flowers.csv",
        "--target",
        "specis",
        "a.yaml");
    assertRefused(
        "--target: column 'note' holds text with many different values; expected numbers, true and"
            + " false, or words of which there are few",
        "--data",
        "flowers.csv",
        "--target",
        "note",
        "a.yaml");
    assertRefused(
        "--target: column 'day' holds dates; expected numbers, true and false, or words of which there"
            + " are few",
        "--data",
        "sales.csv",
        "--target",
        "day",
        "a.yaml");
    assertRefused(
        "--target: column 'species' holds words, and can only be a target by itself",
        "--data",
        "flowers.csv",
        "--target",
        "width,species",
        "a.yaml");
    assertRefused(
        "--window: found 60, expected at most 50: sales.csv has 60 rows, and needs 10 samples at least",
        "--data",
        "sales.csv",
        "--target",
        "price",
        "--window",
        "60",
        "a.yaml");
    assertRefused(
        "--window and --horizon: found a negative number of rows",
        "--data",
        "sales.csv",
        "--target",
        "price",
        "--window",
        "-1",
        "a.yaml");
    assertRefused(
        "--horizon: is for time series; add --window N, the number of rows of a sample",
        "--data",
        "flowers.csv",
        "--target",
        "species",
        "--horizon",
        "2",
        "a.yaml");
    assertRefused(
        "--sequence: tunes.csv has no column 'tun' (did you mean 'tune'?); it has tune, step, pitch,"
            + " length, kind",
        "--data",
        "tunes.csv",
        "--target",
        "kind",
        "--sequence",
        "tun",
        "a.yaml");
    assertRefused(
        "--sequence: column 'garden' is the target; expected another column",
        "--data",
        "flowers.csv",
        "--target",
        "garden",
        "--sequence",
        "garden",
        "a.yaml");
    assertRefused(
        "--sequence: makes samples of its own; leave out --window and --horizon",
        "--data",
        "tunes.csv",
        "--target",
        "kind",
        "--sequence",
        "tune",
        "--window",
        "3",
        "a.yaml");
    Files.writeString(folder.resolve("three.csv"), "s,a,b\n" + "A,1,2\n".repeat(20));
    assertRefused(
        "three.csv: found 1 sequence, expected at least 10 to learn from",
        "--data",
        "three.csv",
        "--target",
        "b",
        "--sequence",
        "s",
        "a.yaml");
    Files.writeString(folder.resolve("t.bin"), "x");
    assertRefused(
        "--data: "
            + folder.resolve("t.bin")
            + " is no table that Rondo reads; expected a file such as table.csv",
        "--data",
        "t.bin",
        "--target",
        "x",
        "a.yaml");
    Files.writeString(folder.resolve("few.csv"), "a,b\n1,2\n3,4\n");
    assertRefused(
        "few.csv: found 2 rows, expected at least 10 to learn from",
        "--data",
        "few.csv",
        "--target",
        "b",
        "a.yaml");
    Files.writeString(folder.resolve("one.csv"), "a\n" + "1\n2\n".repeat(20));
    assertRefused(
        "one.csv: no column is left to predict 'a' from; for a time series, add --window N",
        "--data",
        "one.csv",
        "--target",
        "a",
        "a.yaml");
    assertFalse(Files.exists(folder.resolve("a.yaml")));
  }

  @Test
  void mistakesInTheTableAreTold() throws IOException {
    CommandLineRun missing = create("--data", "none.csv", "--target", "x", "a.yaml");
    assertEquals(folder.resolve("none.csv") + ": no such file\n", missing.err());
    assertEquals(3, missing.status());

    Files.writeString(folder.resolve("bad.csv"), "a,b\n1,2\n3\n5,x\n7,8\n9,9\n");
    CommandLineRun bad = create("--data", "bad.csv", "--target", "b", "a.yaml");
    assertEquals(
        "BAD:3: found 1 value, expected 2, one for each column\nBAD:4: column 'b': found x, expected a number\n"
            .replace("BAD", folder.resolve("bad.csv").toString()),
        bad.err());
    assertEquals(3, bad.status());
    assertFalse(Files.exists(folder.resolve("a.yaml")));
  }
}
