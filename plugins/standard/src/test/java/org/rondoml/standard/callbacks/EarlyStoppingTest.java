package org.rondoml.standard.callbacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Callback;
import org.rondoml.core.spi.ConfigException;

class EarlyStoppingTest {
  /**
   * What Keras does.
   *
   * @param keys the arguments of {@code EarlyStopping}
   * @param figures what is monitored, an epoch each
   * @param stopped the epoch that it stops after, from 0; -1 for none
   * @param weights the epoch whose weights the model ends with
   * @param said what it prints
   */
  private record Case(
      Map<String, ?> keys, List<Double> figures, int stopped, int weights, List<String> said) {}

  /**
   * As Keras 3.15 and tf_keras 2.21 do, both the same: {@code cb = EarlyStopping(**keys,
   * monitor="val_loss")} on a model whose weights are set to the number of the epoch, then {@code
   * cb.on_train_begin()}, for each figure {@code cb.on_epoch_end(epoch, {"val_loss": figure})}
   * until {@code model.stop_training}, and {@code cb.on_train_end()}.
   */
  static Stream<Case> keras() {
    return Stream.of(
        new Case(
            Map.of("patience", 2, "verbose", 1),
            List.of(1.0, 0.9, 0.95, 0.9, 0.8),
            3,
            3,
            List.of("Epoch 4: early stopping")),
        new Case(Map.of("patience", 1, "min_delta", 0.1), List.of(1.0, 0.95, 0.8), 1, 1, List.of()),
        new Case(
            Map.of("patience", 2, "min_delta", 0.1, "restore_best_weights", true, "verbose", 1),
            List.of(1.0, 0.9, 0.85, 0.75, 0.7, 0.72, 0.71),
            6,
            4,
            List.of(
                "Epoch 7: early stopping",
                "Restoring model weights from the end of the best epoch: 5.")),
        new Case(
            Map.of("patience", 2, "baseline", 0.3),
            List.of(1.0, 0.9, 0.8, 0.85, 0.7),
            3,
            3,
            List.of()),
        new Case(
            Map.of("patience", 2, "baseline", 0.3, "restore_best_weights", true),
            List.of(1.0, 0.9, 0.8, 0.85, 0.7),
            3,
            2,
            List.of()),
        new Case(
            Map.of("patience", 2, "baseline", 0.3),
            List.of(1.0, 0.2, 0.25, 0.24, 0.23),
            3,
            3,
            List.of()),
        new Case(
            Map.of("patience", 0, "start_from_epoch", 3),
            List.of(1.0, 2.0, 3.0, 4.0, 4.5, 4.6),
            4,
            4,
            List.of()),
        new Case(
            Map.of("patience", 2, "start_from_epoch", 3, "restore_best_weights", true),
            List.of(1.0, 2.0, 3.0, 4.0, 3.5, 3.6, 3.55),
            6,
            4,
            List.of()),
        new Case(
            Map.of("mode", "max", "patience", 2, "restore_best_weights", true),
            List.of(0.5, 0.6, 0.55, 0.58),
            3,
            1,
            List.of()),
        new Case(Map.of("patience", 0), List.of(0.5), -1, 0, List.of()),
        new Case(Map.of("patience", 0), List.of(0.5, 0.5), 1, 1, List.of()),
        new Case(
            Map.of("patience", 1, "restore_best_weights", true, "verbose", 1),
            List.of(0.5, 0.4, 0.3, 0.2),
            -1,
            3,
            List.of("Restoring model weights from the end of the best epoch: 4.")));
  }

  @ParameterizedTest
  @MethodSource("keras")
  void doesWhatKerasDoes(Case keras) {
    for (Semantics semantics : Semantics.values()) {
      assertEnds(keras, semantics, keras.figures().size());
    }
  }

  @ParameterizedTest
  @MethodSource("keras")
  void aResumedTrainingGoesOnAsIfNeverStopped(Case keras) {
    for (int resumed = 0; resumed < keras.figures().size(); resumed++) {
      assertEnds(keras, Semantics.KERAS3, resumed);
    }
  }

  private static void assertEnds(Case keras, Semantics semantics, int resumed) {
    Callback callback = Recorder.callback("EarlyStopping", keras.keys(), semantics);
    Recorder run = new Recorder();
    Callback.Session session = callback.start(run);
    int stopped = -1;
    for (int epoch = 0; epoch < keras.figures().size() && stopped < 0; epoch++) {
      if (epoch == resumed) {
        session = run.resumed(callback, session);
      }
      run.weights = "epoch " + epoch;
      session.epochEnd(epoch, new HashMap<>(Map.of("val_loss", keras.figures().get(epoch))));
      stopped = run.actions.remove("stop") ? epoch : -1;
    }
    session.trainEnd();
    assertEquals(keras.stopped(), stopped, keras.toString());
    String weights = "restore epoch " + keras.weights();
    if (keras.keys().containsKey("restore_best_weights")) {
      assertEquals(weights, run.actions.remove(run.actions.size() - 1), keras.toString());
    }
    assertEquals(keras.said().stream().map(line -> "say " + line).toList(), run.actions);
  }

  /**
   * Keras 3 compares in 32 bits: {@code EarlyStopping(patience=2, min_delta=0.1)} takes 0.7 for no
   * improvement on 0.8, although 0.7 + 0.1 &lt; 0.8 in 64 bits; tf_keras sees one.
   */
  @Test
  void keras3ComparesIn32Bits() {
    for (Semantics semantics : Semantics.values()) {
      Callback callback =
          Recorder.callback("EarlyStopping", Map.of("patience", 1, "min_delta", 0.1), semantics);
      Recorder run = new Recorder();
      Callback.Session session = callback.start(run);
      session.epochEnd(0, Map.of("val_loss", 0.8));
      session.epochEnd(1, Map.of("val_loss", 0.7));
      assertEquals(semantics == Semantics.KERAS3 ? List.of("stop") : List.of(), run.actions);
    }
  }

  @Test
  void aFigureThatIsNoNumberIsNeverTheBest() {
    Callback callback = Recorder.callback("EarlyStopping", Map.of("patience", 2), Semantics.KERAS3);
    Recorder run = new Recorder();
    Callback.Session session = callback.start(run);
    session.epochEnd(0, Map.of("val_loss", Double.NaN));
    session.epochEnd(1, Map.of("val_loss", 1.0));
    session.epochEnd(2, Map.of("val_loss", Double.NaN));
    assertEquals(List.of(), run.actions);
    session.epochEnd(3, Map.of("val_loss", Double.NaN));
    assertEquals(List.of("stop"), run.actions);
  }

  private static Monitor monitor(String name, Semantics semantics) {
    return new Monitor(name, Mode.AUTO, 0, semantics, guess -> guess.endsWith("acc"));
  }

  @Test
  void knowsBothNamesOfAccuracy() {
    Monitor monitor = monitor("val_acc", Semantics.KERAS3);
    monitor.check(Set.of("loss", "val_accuracy"));
    assertEquals(0.7, monitor.value(Map.of("val_accuracy", 0.7)));
    monitor("val_accuracy", Semantics.KERAS3).check(Set.of("val_acc"));
  }

  /** By Keras 3's {@code _direction} of the metrics of these names. */
  @ParameterizedTest
  @CsvSource({
    "loss, false",
    "val_mae, false",
    "mean_squared_error, false",
    "kl_divergence, false",
    "hinge, false",
    "poisson, false",
    "val_acc, true",
    "top_k_categorical_accuracy, true",
    "auc, true",
    "precision_1, true",
    "sensitivity_at_specificity, true",
    "f1_score, true",
    "r2_score, true",
    "mean_io_u, true",
    "cosine_similarity, true",
    "pearson_correlation, true"
  })
  void keras3TellsTheModeByTheMetric(String name, boolean upwards) {
    assertEquals(upwards, monitor(name, Semantics.KERAS3).isBetter(2, 1.0));
  }

  @Test
  void tfKerasTellsTheModeByTheName() {
    assertEquals(true, monitor("val_acc", Semantics.TF1).isBetter(2, 1.0));
    assertEquals(false, monitor("val_swing", Semantics.TF2).isBetter(2, 1.0));
    assertEquals(
        "mode: Keras of semantics: tf2 takes 'val_precision' for a figure that improves downwards,"
            + " which its name belies: set mode: max or mode: min",
        refused("val_precision", Semantics.TF2, "val_precision"));
  }

  @Test
  void refusesAFigureThatWillNotBeLogged() {
    Callback callback = Recorder.callback("EarlyStopping", Map.of(), Semantics.KERAS3);
    ConfigException error =
        assertThrows(ConfigException.class, () -> callback.check(Set.of("loss", "accuracy")));
    assertEquals("monitor", error.key());
    assertEquals(
        "'val_loss' won't be logged; found accuracy, loss; names with val_ need validation data:"
            + " data.validation or fit.validation_split",
        error.getMessage());
  }

  @Test
  void asksWhichWayAnUnknownFigureImproves() {
    assertEquals(
        "mode: the name 'swing' doesn't tell whether more is better: set mode: max or mode: min",
        refused("swing", Semantics.KERAS3, "loss", "swing"));
    assertEquals(
        "monitor: 'swing' won't be logged; found loss", refused("swing", Semantics.KERAS3, "loss"));
  }

  private static String refused(String monitor, Semantics semantics, String... logs) {
    Callback callback = Recorder.callback("EarlyStopping", Map.of("monitor", monitor), semantics);
    ConfigException error = assertThrows(ConfigException.class, () -> callback.check(Set.of(logs)));
    return error.key() + ": " + error.getMessage();
  }
}
