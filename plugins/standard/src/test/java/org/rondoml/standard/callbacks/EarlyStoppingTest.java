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

/** The epochs at which Keras' EarlyStopping stops were worked out by hand from its source. */
class EarlyStoppingTest {
  private final Recorder run = new Recorder();

  private static EarlyStopping.Config config(
      double minDelta, int patience, @Nullable Double baseline, boolean restore, int from) {
    return new EarlyStopping.Config(
        "val_loss", minDelta, patience, 1, Mode.AUTO, baseline, restore, from);
  }

  private void epochs(Callback.Session session, int first, double... losses) {
    for (int i = 0; i < losses.length; i++) {
      run.weights = "epoch " + (first + i);
      session.epochEnd(first + i, Map.of("val_loss", losses[i]));
    }
  }

  @Test
  void stopsAfterThePatience() {
    Callback.Session session = new EarlyStopping(config(0, 2, null, false, 0)).start(run);
    epochs(session, 0, 1.0, 0.9, 0.95);
    assertEquals(List.of(), run.actions);
    epochs(session, 3, 0.9);
    session.trainEnd();
    assertEquals(List.of("stop", "say Epoch 4: early stopping"), run.actions);
  }

  @Test
  void aSmallImprovementDoesNotCount() {
    Callback.Session session = new EarlyStopping(config(0.1, 1, null, false, 0)).start(run);
    epochs(session, 0, 1.0, 0.95);
    assertEquals(List.of("stop"), run.actions);
  }

  @Test
  void endsWithTheBestWeights() {
    Callback.Session session = new EarlyStopping(config(0, 1, null, true, 0)).start(run);
    epochs(session, 0, 1.0, 0.5, 0.6);
    session.trainEnd();
    assertEquals(
        List.of(
            "stop",
            "say Epoch 3: early stopping",
            "say Restoring model weights from the end of the best epoch: 2.",
            "restore epoch 1"),
        run.actions);
  }

  @Test
  void waitsForTheBaseline() {
    Callback.Session session = new EarlyStopping(config(0, 2, 0.3, false, 0)).start(run);
    epochs(session, 0, 1.0, 0.9, 0.8);
    assertEquals(List.of(), run.actions, "improving, though not on the baseline");
    epochs(session, 3, 0.85);
    assertEquals(List.of("stop"), run.actions);
  }

  @Test
  void warmsUp() {
    Callback.Session session = new EarlyStopping(config(0, 0, null, false, 3)).start(run);
    epochs(session, 0, 1.0, 2.0, 3.0, 4.0);
    assertEquals(List.of(), run.actions);
    epochs(session, 4, 4.5);
    assertEquals(List.of("stop"), run.actions);
  }

  @Test
  void aResumedTrainingGoesOnAsIfNeverStopped() {
    EarlyStopping callback = new EarlyStopping(config(0, 2, null, true, 0));
    Callback.Session first = callback.start(run);
    epochs(first, 0, 1.0, 0.5, 0.6);
    Callback.Session second = callback.start(run);
    second.restore(first.state());
    Object kept = first.keptWeights();
    if (kept != null) {
      second.restoreKeptWeights(kept);
    }
    epochs(second, 3, 0.7);
    second.trainEnd();
    assertEquals(
        List.of(
            "stop",
            "say Epoch 4: early stopping",
            "say Restoring model weights from the end of the best epoch: 2.",
            "restore epoch 1"),
        run.actions);
  }

  @Test
  void knowsBothNamesOfAccuracy() {
    Monitor monitor = new Monitor("val_acc", Mode.AUTO, 0);
    monitor.check(Set.of("loss", "val_accuracy"));
    assertEquals(0.7, monitor.value(Map.of("val_accuracy", 0.7)));
    new Monitor("val_accuracy", Mode.AUTO, 0).check(Set.of("val_acc"));
  }

  @Test
  void refusesAFigureThatWillNotBeLogged() {
    ConfigException error =
        assertThrows(
            ConfigException.class,
            () ->
                new EarlyStopping(config(0, 0, null, false, 0)).check(Set.of("loss", "accuracy")));
    assertEquals("monitor", error.key());
    assertEquals(
        "'val_loss' won't be logged; found accuracy, loss; names with val_ need validation data:"
            + " data.validation or fit.validation_split",
        error.getMessage());
  }

  @Test
  void asksWhichWayAnUnknownFigureImproves() {
    ConfigException error =
        assertThrows(
            ConfigException.class,
            () -> new EarlyStopping.Config("val_swing", 0, 0, 0, Mode.AUTO, null, false, 0));
    assertEquals("mode", error.key());
    assertEquals(
        "the name 'val_swing' doesn't tell whether more is better: set mode: max or mode: min",
        error.getMessage());
  }
}
