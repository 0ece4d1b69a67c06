package org.rondoml.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What only a process of its own shows: which classes it loads, and how it ends when it is killed.
 */
class ChildProcessTest {
  @TempDir private Path temporary = Path.of("");

  private ProcessBuilder rondo(List<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(
        List.of(
            "-cp", System.getProperty("java.class.path"), "org.rondoml.dsl.command.RondoCommand"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectOutput(temporary.resolve("out").toFile())
        .redirectError(temporary.resolve("err").toFile());
  }

  private String err() throws IOException {
    return Files.readString(temporary.resolve("err"));
  }

  private static int end(Process process) throws InterruptedException {
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
    return process.exitValue();
  }

  @Test
  void checkLoadsNoNativeCode() throws Exception {
    Path classes = temporary.resolve("classes");
    Process check =
        rondo(
                List.of(
                    "-Xlog:class+load:file=" + classes,
                    "-Xlog:library=info:file=" + temporary.resolve("libraries")),
                "check",
                "../../examples/mnist-rows/model.yaml")
            .start();
    assertEquals(0, end(check), err());
    assertEquals("", err());

    List<String> loaded = Files.readAllLines(classes);
    assertTrue(loaded.stream().anyMatch(l -> l.contains("org.rondoml.lstm.LSTM")));
    assertEquals(
        List.of(),
        loaded.stream()
            .filter(
                l ->
                    l.contains("org.nd4j.linalg.factory.Nd4j ")
                        || l.contains("org.bytedeco.javacpp.Loader ")
                        || l.contains("org.nd4j.nativeblas"))
            .toList());
  }

  private Process startTraining(Path run) throws Exception {
    Path model = SmallModel.write(temporary);
    Process training =
        rondo(
                List.of(),
                "train",
                model.toString(),
                "-o",
                run.toString(),
                "--set",
                "fit.epochs=100000",
                "--set",
                "fit.callbacks=[]")
            .start();
    Path history = run.resolve("history.csv");
    for (int i = 0;
        i < 600 && (!Files.exists(history) || Files.readAllLines(history).size() < 5);
        i++) {
      assertTrue(training.isAlive(), err());
      Thread.sleep(50);
    }
    return training;
  }

  @Test
  @DisabledOnOs(
      value = OS.WINDOWS,
      disabledReason = "Windows has no signal that asks a process to end")
  void aTrainingThatIsAskedToEndSavesAndSaysHowToGoOn() throws Exception {
    Path run = temporary.resolve("run");
    Process training = startTraining(run);
    training.destroy();

    assertEquals(130, end(training), err());
    assertTrue(err().endsWith("stopped; to go on: rondo train " + run + " --resume\n"), err());
    assertEquals("", Files.readString(temporary.resolve("out")));
    assertGoesOn(run);
  }

  @Test
  void aKilledTrainingLeavesTheLastGoodCheckpoint() throws Exception {
    Path run = temporary.resolve("run");
    Process training = startTraining(run);
    training.destroyForcibly();
    end(training);

    assertGoesOn(run);
  }

  private static void assertGoesOn(Path run) throws IOException {
    int epochs = Files.readAllLines(run.resolve("history.csv")).size() - 1;
    CommandLineRun resumed =
        CommandLineRun.of(
            "train", run.toString(), "--resume", "--set", "fit.epochs=" + (epochs + 2));
    assertEquals(0, resumed.status(), resumed.err());
    assertEquals(epochs + 3, Files.readAllLines(run.resolve("history.csv")).size());
  }
}
