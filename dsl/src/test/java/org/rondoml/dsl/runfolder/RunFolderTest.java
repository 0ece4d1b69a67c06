package org.rondoml.dsl.runfolder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.DataException;
import org.rondoml.api.History;
import org.rondoml.api.UsageException;
import org.rondoml.core.engine.Checkpoint;
import org.rondoml.core.engine.FitPlan;

class RunFolderTest {
  private static final double LARGEST_WEIGHT = 1e300;

  private static final FitPlan PLAN = new FitPlan(4, 32, true, 0, 1);

  @TempDir private Path temporary = Path.of("");

  private RunFolder create() {
    RunFolder folder = RunFolder.create(temporary.resolve("run"));
    folder.writeModel("rondo: 1\n");
    return folder;
  }

  private static Checkpoint checkpoint(int epoch) {
    Map<String, List<Double>> history = new LinkedHashMap<>();
    history.put("loss", List.of(0.1 + 0.2, 1e-300));
    history.put("val_loss", List.of(0.5, Double.NaN));
    return new Checkpoint(
        epoch,
        7,
        1234567890123L,
        0.1,
        true,
        new History(history),
        List.of(new double[] {0.1, 32}, new double[] {Double.POSITIVE_INFINITY}),
        List.of(Map.of("best", Double.NEGATIVE_INFINITY), Map.of()),
        Arrays.asList(Nd4j.createFromArray(9.0, 8.0, 7.0), null),
        Nd4j.createFromArray(0.1, -2.5, LARGEST_WEIGHT),
        List.of(Nd4j.createFromArray(1.0, 2.0, 3.0), Nd4j.createFromArray(4.0, 5.0, 6.0)),
        Map.of("0/4/1/h", Nd4j.createFromArray(new double[][] {{0.5, -1}})));
  }

  private static double[] values(INDArray array) {
    return array.dup().data().asDouble();
  }

  private Path file(String name) {
    return temporary.resolve("run/checkpoints/" + name + ".npz");
  }

  private static Checkpoint.Store store(RunFolder folder) {
    return folder.store(PLAN, file -> {});
  }

  @Test
  void aCheckpointComesBackToTheBit() {
    RunFolder folder = create();
    Checkpoint saved = checkpoint(3);
    store(folder).save("last", saved);

    Checkpoint read = folder.checkpoint("last");

    assertEquals(3, read.epoch());
    assertEquals(7, read.batch());
    assertEquals(1234567890123L, read.iteration());
    assertEquals(0.1, read.learningRate());
    assertTrue(read.stopped());
    assertEquals(saved.history(), read.history());
    assertEquals(saved.callbacks(), read.callbacks());
    assertArrayEquals(saved.totals().get(0), read.totals().get(0));
    assertArrayEquals(saved.totals().get(1), read.totals().get(1));
    assertArrayEquals(values(saved.weights()), values(read.weights()));
    assertArrayEquals(values(saved.slots().get(1)), values(read.slots().get(1)));
    INDArray kept = read.keptWeights().get(0);
    assertArrayEquals(new double[] {9, 8, 7}, kept == null ? new double[0] : values(kept));
    assertEquals(null, read.keptWeights().get(1));
    assertEquals(saved.states(), read.states());
  }

  @Test
  void everyDamagedByteIsFoundAndTheCheckpointBeforeIsNamed() throws IOException {
    RunFolder folder = create();
    store(folder).save("last", checkpoint(1));
    store(folder).save("last", checkpoint(2));
    byte[] whole = Files.readAllBytes(file("last"));
    int found = 0;
    for (int at = 0; at < whole.length; at += 7) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(file("last"), damaged);
      found += isHarmless(folder) ? 0 : 1;
    }
    // What a zip file says twice or not at all about contents, such as times, may change unnoticed.
    assertTrue(found > whole.length / 7 / 2, "found " + found);

    byte[] inTheWeights = whole.clone();
    inTheWeights[indexOf(whole, LARGEST_WEIGHT)] ^= 1;
    Files.write(file("last"), inTheWeights);
    String message =
        assertThrows(DataException.class, () -> folder.checkpoint("last")).getMessage();
    assertTrue(message.startsWith(file("last") + ": "), message);
    assertTrue(
        message.endsWith(
            "; " + file("previous") + " is whole: to use it, copy it to " + file("last")),
        message);
    assertEquals(1, message.lines().count());
  }

  /** Where a number stands in a file of little-endian doubles. */
  private static int indexOf(byte[] file, double number) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at <= file.length - Double.BYTES; at++) {
      if (bytes.getDouble(at) == number) {
        return at;
      }
    }
    throw new IllegalArgumentException("no " + number);
  }

  /** Whether a checkpoint is refused, or if not, is the one that was saved. */
  private static boolean isHarmless(RunFolder folder) {
    try {
      Checkpoint read = folder.checkpoint("last");
      Checkpoint saved = checkpoint(2);
      assertEquals(saved.epoch(), read.epoch());
      assertEquals(saved.history(), read.history());
      assertArrayEquals(values(saved.weights()), values(read.weights()));
      assertArrayEquals(values(saved.slots().get(0)), values(read.slots().get(0)));
      return true;
    } catch (DataException e) {
      return false;
    }
  }

  @Test
  void aCutCheckpointIsRefusedWhereverItIsCut() throws IOException {
    RunFolder folder = create();
    store(folder).save("last", checkpoint(1));
    byte[] whole = Files.readAllBytes(file("last"));
    for (int length = 0; length < whole.length; length += 11) {
      Files.write(file("last"), Arrays.copyOf(whole, length));
      String message =
          assertThrows(DataException.class, () -> folder.checkpoint("last")).getMessage();
      assertTrue(message.endsWith("; there is no other checkpoint in this run"), message);
    }
  }

  @Test
  void whatAKilledWriterLeavesBehindIsNotLookedAt() throws IOException {
    RunFolder folder = create();
    store(folder).save("last", checkpoint(1));
    Files.writeString(temporary.resolve("run/checkpoints/.half.last.npz"), "PK half");

    assertEquals(1, folder.checkpoint("last").epoch());
  }

  @Test
  void aMissingCheckpointNamesAnother() {
    RunFolder folder = create();
    store(folder).save("best", checkpoint(1));

    assertEquals(
        file("last")
            + ": no such checkpoint; "
            + file("best")
            + " is whole: to use it, copy it to "
            + file("last"),
        assertThrows(DataException.class, () -> folder.checkpoint("last")).getMessage());
  }

  @Test
  void historyIsWrittenForProgramsAndForTables() throws IOException {
    RunFolder folder = create();
    store(folder).save("last", checkpoint(2));

    assertEquals(
        "{\n  \"loss\" : [ 0.30000000000000004, 1.0E-300 ],\n  \"val_loss\" : [ 0.5, \"NaN\" ]\n}\n",
        Files.readString(temporary.resolve("run/history.json")));
    assertEquals(
        "epoch,loss,val_loss\n1,0.30000000000000004,0.5\n2,1.0E-300,NaN\n",
        Files.readString(temporary.resolve("run/history.csv")));
  }

  @Test
  void theTableLeavesOutWhatAnEpochDidNotLog() throws IOException {
    Map<String, List<Double>> history = new LinkedHashMap<>();
    history.put("loss", List.of(5.0, 4.0, 3.0, 2.0));
    history.put("val_loss", List.of(40.0, 20.0));
    HistoryFiles.write(temporary, new History(history), new FitPlan(5, 32, true, 1, 2));

    assertEquals(
        "epoch,loss,val_loss\n2,5.0,40.0\n3,4.0,\n4,3.0,20.0\n5,2.0,\n",
        Files.readString(temporary.resolve("history.csv")));
  }

  @Test
  void aRunIsNeverOverwritten() throws IOException {
    RunFolder folder = create();

    assertEquals(
        folder.path()
            + ": a run is there already; add --resume to go on with it, or name another folder with -o",
        assertThrows(UsageException.class, () -> RunFolder.create(folder.path())).getMessage());

    Path taken = Files.createDirectory(temporary.resolve("taken"));
    Files.writeString(taken.resolve("thesis.tex"), "years of work");
    assertEquals(
        taken + ": is there already and not empty; name another folder with -o",
        assertThrows(UsageException.class, () -> RunFolder.create(taken)).getMessage());
  }

  @Test
  void numbersRunsOfOneName() throws IOException {
    assertEquals(Optional.empty(), RunFolder.newest(temporary, "m"));
    assertEquals(temporary.resolve("m"), RunFolder.unused(temporary, "m"));
    Files.createDirectory(temporary.resolve("m"));
    assertEquals(temporary.resolve("m-2"), RunFolder.unused(temporary, "m"));
    Files.createDirectory(temporary.resolve("m-2"));
    assertEquals(Optional.of(temporary.resolve("m-2")), RunFolder.newest(temporary, "m"));
  }

  @Test
  void whatIsNoRunIsRefused() throws IOException {
    Path none = temporary.resolve("none");
    assertEquals(
        none + ": no such folder; expected a run, a folder that train writes",
        assertThrows(UsageException.class, () -> RunFolder.open(none)).getMessage());
    Path other = Files.createDirectory(temporary.resolve("other"));
    assertEquals(
        other + ": not a run: expected a folder with model.yaml and checkpoints/",
        assertThrows(UsageException.class, () -> RunFolder.open(other)).getMessage());
  }

  @Test
  void environmentComesBack() {
    RunFolder folder = create();
    Environment environment =
        new Environment(
            "1.0",
            "JVM 17",
            "Linux",
            2,
            List.of("openblas"),
            "plain loops",
            42,
            "/models",
            List.of());
    folder.writeEnvironment(environment);

    assertEquals(environment, folder.environment());
  }

  @Test
  void twoTrainingsDontShareAFolder() throws IOException {
    RunFolder folder = create();
    InstantSource clock = InstantSource.fixed(Instant.parse("2026-01-02T03:04:05.678Z"));
    try (RunLog log = RunLog.open(folder.logFile(), clock)) {
      assertEquals(
          folder.path() + ": is being trained at this moment by another program",
          assertThrows(UsageException.class, () -> RunLog.open(folder.logFile(), clock))
              .getMessage());
      log.say("first");
    }
    try (RunLog log = RunLog.open(folder.logFile(), clock)) {
      log.epochEnd(0, Map.of("loss", 0.5));
    }
    try (Stream<String> lines = Files.lines(folder.logFile())) {
      assertEquals(
          List.of("2026-01-02T03:04:05.678Z first", "2026-01-02T03:04:05.678Z epoch 1, loss 0.5"),
          lines.toList());
    }
  }
}
