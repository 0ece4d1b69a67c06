package org.rondoml.standard.callbacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rondoml.core.spi.Callback;
import org.rondoml.core.spi.ConfigException;

class ModelCheckpointTest {
  private final Recorder run = new Recorder();

  private static ModelCheckpoint of(
      @Nullable String filepath, String monitor, int verbose, boolean best, Mode mode) {
    return new ModelCheckpoint(
        new ModelCheckpoint.Config(filepath, monitor, verbose, best, mode, null));
  }

  @Test
  void savesTheBest() {
    Callback.Session session = of(null, "val_loss", 0, true, Mode.AUTO).start(run);
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
    Callback.Session session = of("top", "val_accuracy", 1, true, Mode.AUTO).start(run);
    session.epochEnd(0, Map.of("val_accuracy", 0.5));
    session.epochEnd(1, Map.of("val_accuracy", 0.4));
    session.epochEnd(2, Map.of("val_accuracy", 0.6));
    assertEquals(
        List.of(
            "say Epoch 1: val_accuracy improved from None to 0.50000, saving checkpoint top",
            "save top",
            "say Epoch 2: val_accuracy did not improve from 0.50000",
            "say Epoch 3: val_accuracy improved from 0.50000 to 0.60000, saving checkpoint top",
            "save top"),
        run.actions);
  }

  @Test
  void savesEveryEpochUnderItsName() {
    Callback.Session session = of(null, "val_loss", 0, false, Mode.AUTO).start(run);
    session.epochEnd(8, Map.of("loss", 1.0));
    session.epochEnd(9, Map.of("loss", 1.0));
    assertEquals(List.of("save epoch-09", "save epoch-10"), run.actions);
  }

  @Test
  void fillsInWhatKerasFillsIn() {
    Map<String, Double> logs = Map.of("val_loss", 0.12345, "loss", 0.5);
    assertEquals(
        "w.03-0.12-0.5", new CheckpointName("w.{epoch:02d}-{val_loss:.2f}-{loss}").of(2, logs));
    assertEquals("3", new CheckpointName("{epoch}").of(2, logs));
  }

  @Test
  void goesOnFromItsState() {
    ModelCheckpoint callback = of(null, "val_loss", 0, true, Mode.MIN);
    Callback.Session first = callback.start(run);
    first.epochEnd(0, Map.of("val_loss", 0.5));
    Callback.Session second = callback.start(run);
    second.restore(first.state());
    second.epochEnd(1, Map.of("val_loss", 0.6));
    assertEquals(List.of("save best"), run.actions);
  }

  @Test
  void refusesFoldersAndUnknownFigures() {
    assertEquals(
        "'models/best' can't name a checkpoint: checkpoints lie in the run folder, so it takes a"
            + " name without directories, of letters, digits and . _ = + -, such as best or"
            + " epoch-{epoch:02d}-{val_loss:.2f}",
        assertThrows(ConfigException.class, () -> of("models/best", "loss", 0, false, Mode.AUTO))
            .getMessage());
    assertEquals(
        "'{lost}' won't be logged; found epoch, loss",
        assertThrows(
                ConfigException.class,
                () -> of("{lost}", "loss", 0, false, Mode.AUTO).check(Set.of("loss")))
            .getMessage());
    assertEquals(
        "'val_loss' won't be logged; found loss; names with val_ need validation data:"
            + " data.validation or fit.validation_split",
        assertThrows(
                ConfigException.class,
                () -> of(null, "val_loss", 0, true, Mode.AUTO).check(Set.of("loss")))
            .getMessage());
  }

  @Test
  void refusesAThresholdWithoutEffect() {
    ConfigException error =
        assertThrows(
            ConfigException.class,
            () -> new ModelCheckpoint.Config(null, "loss", 0, false, Mode.AUTO, 0.5));
    assertEquals("initial_value_threshold", error.key());
  }
}
