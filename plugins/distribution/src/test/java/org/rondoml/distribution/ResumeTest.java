package org.rondoml.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondoml.core.engine.Trainer;
import org.rondoml.core.engine.TrainingListener;
import org.rondoml.dsl.run.Experiment;
import org.rondoml.dsl.run.ModelModule;
import org.rondoml.dsl.run.RunFolderModule;
import org.rondoml.dsl.run.Settings;
import org.rondoml.dsl.run.TrainingModule;
import org.rondoml.dsl.runfolder.RunLog;

/** A run that was stopped and resumed ends with the same bits as one that never was. */
class ResumeTest {
  @TempDir private Path temporary = Path.of("");
  private Path model = Path.of("");
  private Path whole = Path.of("");

  @BeforeEach
  void trainWithoutAStop() throws IOException {
    model = SmallModel.write(temporary);
    whole = temporary.resolve("whole");
    assertDone(CommandLineRun.of("train", model.toString(), "-o", whole.toString()));
  }

  private static void assertDone(CommandLineRun run) {
    assertEquals(0, run.status(), run.err());
  }

  /** Trains until some steps are made, as Ctrl-C would end it; an epoch has two. */
  private Path stoppedAfter(int steps) {
    Path path = temporary.resolve("stopped");
    AtomicInteger made = new AtomicInteger();
    List<com.google.inject.Module> modules =
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

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 6})
  void endsWithTheSameBits(int steps) throws IOException {
    Path stopped = stoppedAfter(steps);
    assertDone(CommandLineRun.of("train", stopped.toString(), "--resume", "--threads", "2"));

    assertSameFile(stopped, "checkpoints/last.npz");
    assertSameFile(stopped, "checkpoints/best.npz");
    assertSameFile(stopped, "history.json");
    assertSameFile(stopped, "history.csv");
    assertSameFile(stopped, "model.yaml");
  }

  /** With slots of other shapes, a sum of gradients and an average of the weights to go on from. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{Adafactor: {use_ema: true, gradient_accumulation_steps: 2}}",
        "{Ftrl: {use_ema: true, ema_overwrite_frequency: 2, global_clipnorm: 0.01}}",
        "{Nadam: {learning_rate: {CosineDecay: {initial_learning_rate: 0.1, decay_steps: 5}}}}"
      })
  void goesOnWithAllThatAnOptimizerKeeps(String optimizer) throws IOException {
    String text = Files.readString(model).replace("{Adam: {learning_rate: 0.01}}", optimizer);
    Files.writeString(model, text);
    whole = temporary.resolve("again");
    assertDone(CommandLineRun.of("train", model.toString(), "-o", whole.toString()));

    endsWithTheSameBits(3);
  }

  private void assertSameFile(Path run, String name) throws IOException {
    assertArrayEquals(
        Files.readAllBytes(whole.resolve(name)), Files.readAllBytes(run.resolve(name)), name);
  }

  @Test
  void goesOnToMoreEpochs() throws IOException {
    CommandLineRun run =
        CommandLineRun.of("train", whole.toString(), "--resume", "--set", "fit.epochs=4");

    assertDone(run);
    assertTrue(run.err().lines().toList().get(1).startsWith("Epoch 4/4 - 2/2 - "), run.err());
    assertEquals(5, Files.readAllLines(whole.resolve("history.csv")).size());
  }

  @Test
  void saysWhenThereIsNothingLeftToDo() {
    CommandLineRun run = CommandLineRun.of("train", whole.toString(), "--resume");

    assertDone(run);
    assertEquals(
        whole + ": the run is done, with 3 epochs; to train longer, add --set fit.epochs=N\n",
        run.err());
  }

  @Test
  void anotherModelIsRefusedWithTheDifferences() {
    CommandLineRun run =
        CommandLineRun.of(
            "train",
            model.toString(),
            "-o",
            whole.toString(),
            "--resume",
            "--seed",
            "2",
            "--set",
            "model.layers.1.LSTM.units=9");

    assertEquals(2, run.status());
    assertEquals(
        whole
            + ": can't go on, because the model is not the same:\n"
            + "  seed: the run has 1, the model file 2\n"
            + "  model.layers[1].LSTM.units: the run has 8, the model file 9\n"
            + "Leave out --resume to start a new run, or go on with the run's own model: rondo train "
            + whole
            + " --resume\n",
        run.err());
  }

  @Test
  void aDamagedCheckpointIsRefusedInOneLine() throws IOException {
    Path last = whole.resolve("checkpoints/last.npz");
    byte[] bytes = Files.readAllBytes(last);
    Files.write(last, java.util.Arrays.copyOf(bytes, bytes.length - 100));

    CommandLineRun run = CommandLineRun.of("train", whole.toString(), "--resume");

    assertEquals(3, run.status());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(
        run.err().contains("checkpoints/previous.npz is whole: to use it, copy it to " + last),
        run.err());
  }
}
