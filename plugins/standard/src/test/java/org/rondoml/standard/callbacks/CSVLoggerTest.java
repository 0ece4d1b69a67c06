package org.rondoml.standard.callbacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondoml.api.Semantics;
import org.rondoml.api.UsageException;
import org.rondoml.core.spi.Callback;

class CSVLoggerTest {
  @TempDir private Path folder = Path.of("");
  private final Recorder run = new Recorder();

  @BeforeEach
  void haveARunFolder() {
    run.folder = folder;
  }

  private Callback.Session begun(Map<String, ?> keys) {
    Callback callback = Recorder.callback("CSVLogger", keys, Semantics.KERAS3);
    callback.checkNewTraining();
    Callback.Session session = callback.start(run);
    session.trainBegin();
    return session;
  }

  private static Map<String, Double> logs(double loss, double mae) {
    Map<String, Double> logs = new LinkedHashMap<>();
    logs.put("mae", mae);
    logs.put("loss", loss);
    return logs;
  }

  private static Map<String, Double> validated(double loss, double mae, double validationLoss) {
    Map<String, Double> logs = logs(loss, mae);
    logs.put("val_loss", validationLoss);
    return logs;
  }

  private String content(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  /**
   * The bytes that Keras 3.15 and tf_keras 2.21 write for {@code CSVLogger(f)} in a fit of 2 epochs
   * that logs these figures.
   */
  @Test
  void writesTheFileThatKerasWrites() throws IOException {
    Callback.Session session = begun(Map.of("filename", "a.csv"));
    session.epochEnd(0, logs(7.67667818069458, 2.770681858062744));
    session.epochEnd(1, logs(0.0031303942669183016, 1e-05));

    assertEquals(
        """
        epoch,loss,mae,val_loss,val_mae\r
        0,7.67667818069458,2.770681858062744,NA,NA\r
        1,0.0031303942669183016,1e-05,NA,NA\r
        """,
        content("a.csv"));
  }

  /** As Keras' with {@code validation_freq=2}. */
  @Test
  void hasColumnsForFiguresThatComeLater() throws IOException {
    Callback.Session session = begun(Map.of("filename", "logs/a.csv", "separator", ";"));
    session.epochEnd(0, logs(0.5, 0.25));
    session.epochEnd(1, validated(0.5, Double.NaN, 0.125));

    assertEquals(
        "epoch;loss;mae;val_loss;val_mae\r\n0;0.5;0.25;NA;NA\r\n1;0.5;nan;0.125;NA\r\n",
        content("logs/a.csv"));
  }

  @Test
  void hasOnlyTheColumnsOfTheFirstEpochWithValidation() throws IOException {
    Callback.Session session = begun(Map.of("filename", "a.csv"));
    session.epochEnd(0, validated(0.5, 0.25, 2));
    Map<String, Double> more = validated(0.5, 0.25, 1);
    more.put("val_mae", 1.0);
    session.epochEnd(1, more);

    assertEquals(
        "epoch,loss,mae,val_loss\r\n0,0.5,0.25,2.0\r\n1,0.5,0.25,1.0\r\n", content("a.csv"));
  }

  @Test
  void quotesWhatCouldBeTakenForSeveralCells() throws IOException {
    Callback.Session session = begun(Map.of("filename", "a.csv", "separator", "."));
    session.epochEnd(0, new HashMap<>(Map.of("the \"loss\"", 0.5, "val_loss", 1e20)));

    assertEquals("epoch.\"the \"\"loss\"\"\".val_loss\r\n0.\"0.5\".1e+20\r\n", content("a.csv"));
  }

  /** As Keras' with {@code append=True}: no second heading. */
  @Test
  void appendsWhereAskedTo() throws IOException {
    Path file = folder.resolve("elsewhere.csv");
    Files.writeString(file, "epoch,loss\r\n0,1.0\r\n");
    Callback.Session session = begun(Map.of("filename", file.toString(), "append", true));
    session.epochEnd(1, new HashMap<>(Map.of("loss", 0.5, "val_loss", 2.0)));

    assertEquals("epoch,loss\r\n0,1.0\r\n1,0.5,2.0\r\n", content("elsewhere.csv"));
  }

  @Test
  void overwritesNothing() throws IOException {
    Path file = folder.resolve("elsewhere.csv");
    Files.writeString(file, "precious");

    UsageException error =
        assertThrows(UsageException.class, () -> begun(Map.of("filename", file.toString())));
    assertEquals(
        file
            + ": is there already, and CSVLogger overwrites nothing: append: true adds to it, or"
            + " name another file",
        error.getMessage());
    assertEquals("precious", content("elsewhere.csv"));
  }

  @Test
  void aTrainingThatIsKeptInNoFolderWritesNone() throws IOException {
    run.folder = null;
    Callback.Session session = begun(Map.of("filename", "a.csv"));
    session.epochEnd(0, logs(1, 1));
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void saysWhyItCannotWrite() {
    Path file = folder.resolve("missing/a.csv");
    Callback.Session session = begun(Map.of("filename", file.toString()));
    assertEquals(
        "cannot write "
            + file
            + ": the folder "
            + file.getParent()
            + " does not exist; create it first",
        assertThrows(UsageException.class, () -> session.epochEnd(0, logs(1, 1))).getMessage());
  }

  @ParameterizedTest
  @CsvSource({"''", ";;", "'\"'"})
  void refusesSeparatorsThatAreNone(String separator) {
    assertEquals(
        "CSVLogger.separator: found '"
            + separator
            + "', expected a single character that is no quote and no line end, such as ;",
        Recorder.mistake(
            "CSVLogger", Map.of("filename", "a", "separator", separator), Semantics.KERAS3));
  }

  // a training that was stopped

  private static final List<Map<String, Double>> EPOCHS =
      List.of(logs(0.5, 0.25), validated(0.25, 0.125, 1), logs(0.125, 1));

  private Callback.Session train(Callback.Session session, int from, int to) {
    for (int epoch = from; epoch < to; epoch++) {
      session.epochEnd(epoch, new LinkedHashMap<>(EPOCHS.get(epoch)));
    }
    return session;
  }

  /**
   * A training is killed when it has written some rows, but has saved its last checkpoint some
   * epochs before, and the last row may be half written.
   */
  @Test
  void endsWithTheSameFileWhereverItIsKilled() throws IOException {
    Map<String, ?> keys = Map.of("filename", "a.csv");
    train(begun(keys), 0, 3);
    String whole = content("a.csv");
    for (int saved = 0; saved <= 3; saved++) {
      for (int kept = 0; kept <= whole.length(); kept++) {
        Files.delete(folder.resolve("a.csv"));
        Callback callback = Recorder.callback("CSVLogger", keys, Semantics.KERAS3);
        Callback.Session stopped = callback.start(run);
        stopped.trainBegin();
        train(stopped, 0, saved);
        if (saved > 0 && kept < Files.size(folder.resolve("a.csv"))) {
          continue;
        }
        Files.writeString(folder.resolve("a.csv"), whole.substring(0, kept));

        train(run.resumed(callback, stopped), saved, 3);

        assertEquals(whole, content("a.csv"), "saved " + saved + ", kept " + kept);
      }
    }
  }

  @Test
  void whatSomebodyElseHasAddedStays() throws IOException {
    Callback callback =
        Recorder.callback("CSVLogger", Map.of("filename", "a.csv"), Semantics.KERAS3);
    Callback.Session stopped = callback.start(run);
    stopped.trainBegin();
    train(stopped, 0, 1);
    Files.writeString(folder.resolve("a.csv"), "another's\r\n", StandardOpenOption.APPEND);

    train(run.resumed(callback, stopped), 1, 3);

    assertEquals(
        """
        epoch,loss,mae,val_loss,val_mae\r
        0,0.5,0.25,NA,NA\r
        another's\r
        1,0.25,0.125,1.0,NA\r
        2,0.125,1.0,NA,NA\r
        """,
        content("a.csv"));
  }

  @Test
  void aFileThatIsGoneBeginsAnew() throws IOException {
    Callback callback =
        Recorder.callback("CSVLogger", Map.of("filename", "a.csv"), Semantics.KERAS3);
    Callback.Session stopped = callback.start(run);
    stopped.trainBegin();
    train(stopped, 0, 2);
    Files.delete(folder.resolve("a.csv"));

    train(run.resumed(callback, stopped), 2, 3);

    assertEquals("epoch,loss,mae,val_loss,val_mae\r\n2,0.125,1.0,NA,NA\r\n", content("a.csv"));
  }

  /** Python's {@code repr}. */
  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1",
    "1, 1.0",
    "-0.0, -0.0",
    "123456789012345.6, 123456789012345.6",
    "1e15, 1000000000000000.0",
    "1e16, 1e+16",
    "1.5e300, 1.5e+300",
    "1e-4, 0.0001",
    "9.999999747378752e-06, 9.999999747378752e-06",
    "2e-44, 2e-44",
    "4.9e-324, 5e-324",
    "2.2250738585072014e-308, 2.2250738585072014e-308",
    "5e22, 5e+22",
    "NaN, nan",
    "Infinity, inf",
    "-Infinity, -inf"
  })
  void writesNumbersAsPythonDoes(double value, String text) {
    assertEquals(text, PythonFloat.text(value));
  }
}
