package org.rondoml.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondoml.api.Model;
import org.rondoml.api.Rondo;
import org.rondoml.api.UsageException;
import org.rondoml.core.engine.Trainer;
import org.rondoml.core.engine.TrainingListener;
import org.rondoml.dsl.run.Experiment;
import org.rondoml.dsl.run.ModelModule;
import org.rondoml.dsl.run.RunFolderModule;
import org.rondoml.dsl.run.Settings;
import org.rondoml.dsl.run.TrainingModule;
import org.rondoml.dsl.runfolder.RunLog;

/** What callbacks write to a run's folder, and that a stop and a resume leave no trace in it. */
class CallbacksTest {
  private static final String CALLBACKS =
      """
        callbacks:
          - LearningRateScheduler: {schedule: 0.3, verbose: 1}
          - ReduceLROnPlateau: {monitor: loss, patience: 0, min_delta: 1, verbose: 1}
          - CSVLogger: logs/epochs.csv
          - ModelCheckpoint: {filepath: best.weights.h5, save_best_only: true, save_weights_only: true}
          - ModelCheckpoint: {filepath: "step-{epoch}-{batch}.keras", save_freq: 3}
          - BackupAndRestore: {save_freq: 2}
      """;

  /** The steps of an epoch of 64 samples. */
  private static final int STEPS = 4;

  @TempDir private Path temporary = Path.of("");
  private Path model = Path.of("");
  private Path whole = Path.of("");

  @BeforeEach
  void writeTheModel() throws IOException {
    model = SmallModel.write(temporary);
    String text = Files.readString(model);
    Files.writeString(
        model,
        text.substring(0, text.indexOf("  callbacks:")).replace("size: 32", "size: 16")
            + CALLBACKS);
    whole = temporary.resolve("whole");
  }

  private CommandLineRun train(Path run, String... more) {
    CommandLineRun done =
        CommandLineRun.of(
            Stream.concat(
                    Stream.of("train", model.toString(), "-o", run.toString()), Stream.of(more))
                .toArray(String[]::new));
    assertEquals(0, done.status(), done.err());
    return done;
  }

  /** Trains until some steps are made, as Ctrl-C would end it. */
  private Path stoppedAfter(int steps) {
    Path path = temporary.resolve("stopped");
    AtomicInteger made = new AtomicInteger();
    List<Module> modules =
        List.of(
            new ModelModule(
                SmallModel.read(model), SmallModel.registry(), new Settings(1, temporary)),
            new TrainingModule(),
            new RunFolderModule(
                path, false, new TrainingListener() {}, () -> made.incrementAndGet() == steps));
    try (Experiment experiment = new Experiment(modules);
        RunLog log = experiment.get(RunLog.class)) {
      assertEquals(Trainer.Ending.INTERRUPTED, experiment.get(Trainer.class).fit());
      log.say("stopped");
    }
    return path;
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  private void assertSameResults(Path run) throws IOException {
    assertEquals(files(whole), files(run));
    for (String file : files(whole)) {
      // The log tells when, and the environment with how many threads.
      if (!file.endsWith(".txt") && !file.equals("environment.json")) {
        assertArrayEquals(
            Files.readAllBytes(whole.resolve(file)), Files.readAllBytes(run.resolve(file)), file);
      }
    }
  }

  @Test
  void theRunHoldsWhatTheyWrite() throws IOException {
    CommandLineRun run = train(whole);

    assertEquals(
        List.of(
            "checkpoints/best.weights.h5",
            "checkpoints/last.npz",
            "checkpoints/previous.npz",
            "checkpoints/step-1-3.npz",
            "checkpoints/step-2-2.npz",
            "checkpoints/step-3-1.npz",
            "checkpoints/step-3-4.npz",
            "environment.json",
            "history.csv",
            "history.json",
            "log.txt",
            "logs/epochs.csv",
            "model.yaml"),
        files(whole));
    List<String> rows = Files.readAllLines(whole.resolve("logs/epochs.csv"));
    assertEquals("epoch,accuracy,learning_rate,loss,val_accuracy,val_loss", rows.get(0));
    assertTrue(
        rows.get(3).matches("2,[0-9.]+,0.30000001192092896,[0-9.]+,[0-9.]+,[0-9.]+"), rows.get(3));
    assertTrue(
        run.err().contains("Epoch 2: LearningRateScheduler setting learning rate to 0.3.\n"),
        run.err());
    // In 32 bits, as Keras 3 has it in a model of 32 bits: numpy.float32(0.30000001192092896 *
    // 0.1).
    assertTrue(
        run.err()
            .contains(
                "Epoch 2: ReduceLROnPlateau reducing learning rate to 0.030000001192092896.\n"),
        run.err());
    CommandLineRun weights =
        CommandLineRun.of(
            "evaluate",
            model.toString(),
            "--initial-weights",
            whole.resolve("checkpoints/best.weights.h5").toString());
    assertEquals(0, weights.status(), weights.err());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 7})
  void aStopLeavesNoTrace(int steps) throws IOException {
    train(whole);
    Path stopped = stoppedAfter(steps);

    train(stopped, "--resume", "--threads", "2");

    assertSameResults(stopped);
  }

  /** As after a kill between the row of an epoch and its checkpoint. */
  @Test
  void anEpochThatIsTrainedAgainHasOneRow() throws IOException {
    train(whole);
    Path stopped = stoppedAfter(2 * STEPS + 1);
    Path earlier = temporary.resolve("earlier.npz");
    Path again = stopped.resolveSibling("again");
    Path first = stoppedTwice(again, STEPS + 2);
    Files.copy(first.resolve("checkpoints/last.npz"), earlier);
    Files.copy(
        earlier, stopped.resolve("checkpoints/last.npz"), StandardCopyOption.REPLACE_EXISTING);
    assertEquals(3, Files.readAllLines(stopped.resolve("logs/epochs.csv")).size());

    train(stopped, "--resume");

    assertArrayEquals(
        Files.readAllBytes(whole.resolve("logs/epochs.csv")),
        Files.readAllBytes(stopped.resolve("logs/epochs.csv")));
  }

  private Path stoppedTwice(Path to, int steps) throws IOException {
    Path kept = temporary.resolve("kept");
    Files.move(temporary.resolve("stopped"), kept);
    Path first = stoppedAfter(steps);
    Files.move(first, to);
    Files.move(kept, temporary.resolve("stopped"));
    return to;
  }

  @Test
  void aFileThatIsThereIsRefusedBeforeAnythingIsWritten() throws IOException {
    Path log = temporary.resolve("all.csv");
    Files.writeString(log, "precious\n");
    Files.writeString(
        model, Files.readString(model).replace("CSVLogger: logs/epochs.csv", "CSVLogger: " + log));

    CommandLineRun run = CommandLineRun.of("train", model.toString(), "-o", whole.toString());

    String message =
        log
            + ": is there already, and CSVLogger overwrites nothing: append: true adds to it, or name"
            + " another file";
    assertEquals(2, run.status());
    assertEquals(message + "\n", run.err());
    assertFalse(Files.exists(whole));
    try (Model embedded = Rondo.open(model)) {
      assertEquals(message, assertThrows(UsageException.class, embedded::fit).getMessage());
    }
    assertEquals("precious\n", Files.readString(log));

    Files.writeString(
        model,
        Files.readString(model)
            .replace("CSVLogger: " + log, "CSVLogger: {filename: " + log + ", append: true}"));
    train(whole);
    assertEquals(4, Files.readAllLines(log).size());
  }
}
