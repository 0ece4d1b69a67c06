package org.rondoml.standard.callbacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Callback;
import org.rondoml.core.spi.ConfigException;

class ModelCheckpointTest {
  private final Recorder run = new Recorder();

  private static Callback of(Map<String, ?> keys) {
    return Recorder.callback("ModelCheckpoint", keys, Semantics.KERAS3);
  }

  @Test
  void savesTheBest() {
    Callback.Session session = of(Map.of("save_best_only", true)).start(run);
    double[] losses = {1.0, 1.2, 0.8, Double.NaN, 0.8};
    for (int epoch = 0; epoch < losses.length; epoch++) {
      session.epochEnd(epoch, Map.of("val_loss", losses[epoch]));
      run.actions.add("epoch " + epoch);
    }
    assertEquals(
        List.of("save best", "epoch 0", "epoch 1", "save best", "epoch 2", "epoch 3", "epoch 4"),
        run.actions);
  }

  @Test
  void accuracyImprovesUpwards() {
    Map<String, ?> keys =
        Map.of("filepath", "top", "monitor", "val_acc", "verbose", 1, "save_best_only", true);
    for (Semantics semantics : Semantics.values()) {
      run.actions.clear();
      Callback.Session session = Recorder.callback("ModelCheckpoint", keys, semantics).start(run);
      session.epochEnd(0, Map.of("val_accuracy", 0.5));
      session.epochEnd(1, Map.of("val_accuracy", 0.4));
      session.epochEnd(2, Map.of("val_accuracy", 0.6));
      assertEquals(
          List.of(
              "say Epoch 1: val_acc improved from None to 0.50000, saving checkpoint top",
              "save top",
              "say Epoch 2: val_acc did not improve from 0.50000",
              "say Epoch 3: val_acc improved from 0.50000 to 0.60000, saving checkpoint top",
              "save top"),
          run.actions);
    }
  }

  /**
   * As Keras 3.15 and tf_keras 2.21: {@code ModelCheckpoint(..., save_best_only=True,
   * initial_value_threshold=1e-9)} in a fit whose val_loss stays above saves nothing.
   */
  @Test
  void theFirstHasToBeBetterThanTheThreshold() {
    Callback callback =
        of(Map.of("save_best_only", true, "initial_value_threshold", 0.5, "monitor", "loss"));
    Callback.Session session = callback.start(run);
    session.epochEnd(0, Map.of("loss", 0.6));
    run.resumed(callback, session).epochEnd(1, Map.of("loss", 0.55));
    assertEquals(List.of(), run.actions);
    session.epochEnd(1, Map.of("loss", 0.4));
    assertEquals(List.of("save best"), run.actions);
  }

  @Test
  void savesEveryEpochUnderItsName() {
    Callback.Session session = of(Map.of()).start(run);
    session.epochEnd(8, Map.of("loss", 1.0));
    session.epochEnd(9, Map.of("loss", 1.0));
    assertEquals(List.of("save epoch-09", "save epoch-10"), run.actions);
  }

  private static void train(Callback.Session session, int epochs) {
    for (int epoch = 0; epoch < epochs; epoch++) {
      session.epochBegin(epoch);
      for (int batch = 0; batch < 3; batch++) {
        session.batchEnd(batch, Map.of("loss", 1.0));
      }
      session.epochEnd(epoch, Map.of("loss", 1.0));
    }
  }

  /**
   * The files that Keras 3.15 and tf_keras 2.21 write for {@code
   * ModelCheckpoint("e{epoch:02d}-b{batch:02d}.weights.h5", save_weights_only=True, save_freq=n)}
   * in a fit of 3 epochs of 3 batches: for n = 2 e01-b02, e02-b01, e02-b03, e03-b02; for n = 5
   * e02-b02.
   */
  @ParameterizedTest
  @CsvSource({"2, e01-b02 e02-b01 e02-b03 e03-b02", "5, e02-b02"})
  void savesAfterSoManyBatches(int batches, String files) {
    String name = "e{epoch:02d}-b{batch:02d}.weights.h5";
    Callback callback =
        of(Map.of("filepath", name, "save_weights_only", true, "save_freq", batches));
    callback.check(Set.of("loss"));
    train(callback.start(run), 3);
    assertEquals(
        List.of(files.split(" ")).stream().map(f -> "save weights " + f + ".weights.h5").toList(),
        run.actions);
  }

  @Test
  void aResumedTrainingCountsOn() {
    Callback callback = of(Map.of("save_freq", 2));
    Callback.Session session = callback.start(run);
    session.epochBegin(4);
    session.batchEnd(0, Map.of("loss", 1.0));
    run.resumed(callback, session).batchEnd(1, Map.of("loss", 1.0));
    assertEquals(List.of("save epoch-05-batch-00002"), run.actions);
  }

  /** As tf_keras 2.21: {@code ModelCheckpoint("e{epoch:02d}", period=2)} in a fit of 3 epochs. */
  @Test
  void savesAfterEverySoManyEpochs() {
    Map<String, ?> keys = Map.of("filepath", "e{epoch:02d}", "period", 2);
    for (Semantics semantics : List.of(Semantics.TF1, Semantics.TF2)) {
      run.actions.clear();
      train(Recorder.callback("ModelCheckpoint", keys, semantics).start(run), 3);
      assertEquals(List.of("save e02"), run.actions);
    }
    assertEquals(
        "ModelCheckpoint.period: not known in semantics: keras3; Keras 3 has no period: save_freq"
            + " counts batches, so set it to as many as period epochs have",
        Recorder.mistake("ModelCheckpoint", keys, Semantics.KERAS3));
  }

  @Test
  void fillsInWhatKerasFillsIn() {
    Map<String, Number> values = Map.of("val_loss", 0.12345, "loss", 1e-5, "epoch", 3);
    assertEquals(
        "w.03-0.12-1e-05",
        CheckpointName.ofCheckpoint("w.{epoch:02d}-{val_loss:.2f}-{loss}").of(values));
    assertEquals("3", CheckpointName.ofCheckpoint("{epoch}").of(values));
    assertEquals("none", CheckpointName.ofCheckpoint("{val_mae:.2f}").of(values));
  }

  @ParameterizedTest
  @CsvSource({"model.keras", "model.h5", "model.hdf5", "model.weights.h5", "model.npz", "model"})
  void endingsOfModelFilesAreLeftOut(String filepath) {
    of(Map.of("filepath", filepath)).start(run).epochEnd(0, Map.of("loss", 1.0));
    assertEquals(List.of("save model"), run.actions);
  }

  @Test
  void savesWeightsAlone() {
    of(Map.of("save_weights_only", true, "save_best_only", true, "verbose", 1))
        .start(run)
        .epochEnd(0, Map.of("val_loss", 1.0));
    assertEquals(
        List.of(
            "say Epoch 1: val_loss improved from None to 1.00000, saving weights best.weights.h5",
            "save weights best.weights.h5"),
        run.actions);
    assertEquals(
        "ModelCheckpoint.filepath: found 'best.h5', expected a name that ends in .weights.h5, the"
            + " format of weights alone",
        Recorder.mistake(
            "ModelCheckpoint",
            Map.of("filepath", "best.h5", "save_weights_only", true),
            Semantics.KERAS3));
  }

  @Test
  void goesOnFromItsState() {
    Callback callback = of(Map.of("save_best_only", true, "mode", "min"));
    Callback.Session first = callback.start(run);
    first.epochEnd(0, Map.of("val_loss", 0.5));
    run.resumed(callback, first).epochEnd(1, Map.of("val_loss", 0.6));
    assertEquals(List.of("save best"), run.actions);
  }

  @Test
  void refusesNamesThatAreNone() {
    assertEquals(
        "ModelCheckpoint.filepath: 'models/best' can't name a checkpoint: checkpoints lie in the run"
            + " folder, so it takes a name without directories, of letters, digits and . _ = + -,"
            + " such as best or epoch-{epoch:02d}-{val_loss:.2f}",
        Recorder.mistake("ModelCheckpoint", Map.of("filepath", "models/best"), Semantics.KERAS3));
    assertEquals(
        "ModelCheckpoint.filepath: 'last' is a checkpoint that the run itself saves: take another"
            + " name",
        Recorder.mistake("ModelCheckpoint", Map.of("filepath", "last.keras"), Semantics.KERAS3));
  }

  private static String refused(Map<String, ?> keys, String... logs) {
    return String.valueOf(
        assertThrows(ConfigException.class, () -> of(keys).check(Set.of(logs))).getMessage());
  }

  @Test
  void takesOneOfSeveralFigures() {
    of(Map.of("filepath", "f1-{f1_score[1]:.2f}", "monitor", "f1_score[0]", "save_best_only", true))
        .check(Set.of("loss", "f1_score[0]", "f1_score[1]"));
    assertEquals(
        "'f1_score' won't be logged; found f1_score[0], f1_score[1]; it has several figures: name"
            + " one of them",
        refused(
            Map.of("monitor", "f1_score", "save_best_only", true), "f1_score[0]", "f1_score[1]"));
    assertEquals(
        "'figure' won't be logged; found loss", refused(Map.of("monitor", "figure"), "loss"));
  }

  @Test
  void refusesUnknownFigures() {
    assertEquals(
        "'{lost}' won't be logged; found epoch, loss",
        refused(Map.of("filepath", "{lost}"), "loss"));
    assertEquals(
        "'{batch}' won't be logged; found epoch, loss",
        refused(Map.of("filepath", "{batch}"), "loss"));
    assertEquals(
        "'{val_loss}' won't be logged; found batch, epoch, loss",
        refused(Map.of("filepath", "{val_loss}", "save_freq", 9), "loss", "val_loss"));
    assertEquals(
        "'val_loss' won't be logged; found loss; names with val_ need validation data:"
            + " data.validation or fit.validation_split",
        refused(Map.of("save_best_only", true), "loss"));
    assertEquals(
        "'val_loss' is known at the end of an epoch, but save_freq: 9 saves in its middle: set"
            + " monitor: loss, or save_freq: epoch",
        refused(Map.of("save_best_only", true, "save_freq", 9), "loss", "val_loss"));
  }

  @Test
  void refusesKeysWithoutEffect() {
    assertEquals(
        "ModelCheckpoint.initial_value_threshold: has no effect without save_best_only: set"
            + " save_best_only: true, or drop it",
        Recorder.mistake(
            "ModelCheckpoint", Map.of("initial_value_threshold", 0.5), Semantics.KERAS3));
    assertEquals(
        "ModelCheckpoint.period: has no effect beside save_freq: 5, which counts batches",
        Recorder.mistake("ModelCheckpoint", Map.of("save_freq", 5, "period", 2), Semantics.TF2));
  }
}
