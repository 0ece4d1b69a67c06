package org.rondoml.standard.callbacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Callback;

class ReduceLROnPlateauTest {
  private static final List<Double> LOSSES =
      List.of(1.0, 0.9, 0.9, 0.89995, 0.95, 0.8, 0.8, 0.8, 0.8, 0.8, 0.7, 0.71, 0.72);

  /**
   * What Keras does.
   *
   * @param keys the arguments of {@code ReduceLROnPlateau}
   * @param figures what is monitored, an epoch each
   * @param rates Keras 3's learning rate after each epoch
   * @param last tf_keras' after the last
   */
  private record Case(Map<String, ?> keys, List<Double> figures, List<Double> rates, double last) {}

  /**
   * As Keras 3.15 does, with {@code keras.config.set_floatx("float64")} and {@code SGD(0.1)}:
   * {@code cb = ReduceLROnPlateau(**keys, monitor="val_loss")}, {@code cb.on_train_begin()}, and
   * for each figure {@code cb.on_epoch_end(epoch, {"val_loss": figure})}, then {@code
   * model.optimizer.learning_rate}. The same in tf_keras 2.21 with {@code legacy.SGD(0.1)}, whose
   * rate has 32 bits.
   */
  static Stream<Case> keras() {
    return Stream.of(
        new Case(
            Map.of("factor", 0.5, "patience", 2),
            LOSSES,
            List.of(
                0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05, 0.025, 0.025, 0.0125, 0.0125, 0.0125,
                0.00625),
            0.0062500000931322575),
        new Case(
            Map.of("factor", 0.5, "patience", 1, "cooldown", 2, "min_lr", 0.03),
            LOSSES,
            List.of(0.1, 0.1, 0.05, 0.05, 0.03, 0.03, 0.03, 0.03, 0.03, 0.03, 0.03, 0.03, 0.03),
            0.029999999329447746),
        new Case(
            Map.of("factor", 0.5, "patience", 0, "min_delta", 0.15),
            LOSSES,
            List.of(
                0.1,
                0.05,
                0.025,
                0.0125,
                0.00625,
                0.00625,
                0.003125,
                0.0015625,
                0.00078125,
                0.000390625,
                0.0001953125,
                9.765625e-05,
                4.8828125e-05),
            4.882812572759576e-05),
        new Case(
            Map.of("mode", "max", "patience", 1, "factor", 0.2, "min_delta", 0.02),
            List.of(0.5, 0.6, 0.6, 0.55, 0.61, 0.6),
            List.of(
                0.1,
                0.1,
                0.020000000000000004,
                0.004000000000000001,
                0.0008000000000000003,
                0.00016000000000000007),
            0.00016000001050997525));
  }

  @ParameterizedTest
  @MethodSource("keras")
  void setsTheRatesThatKerasSets(Case keras) {
    for (int resumed = 0; resumed <= keras.figures().size(); resumed++) {
      Recorder run = new Recorder();
      List<Double> logged = new ArrayList<>();
      assertEquals(
          keras.rates(), rates(keras, Semantics.KERAS3, "learning_rate", run, resumed, logged));
      List<Double> before = new ArrayList<>(List.of(0.1));
      before.addAll(keras.rates().subList(0, keras.rates().size() - 1));
      assertEquals(before, logged);
    }
  }

  @ParameterizedTest
  @MethodSource("keras")
  void tfKerasKeepsTheRateIn32Bits(Case keras) {
    for (Semantics semantics : List.of(Semantics.TF1, Semantics.TF2)) {
      List<Double> found = rates(keras, semantics, "lr", new Recorder(), -1, new ArrayList<>());
      for (int i = 0; i < found.size(); i++) {
        assertEquals(keras.rates().get(i), found.get(i), 2e-7 * found.get(i));
      }
      assertEquals(keras.last(), found.get(found.size() - 1));
    }
  }

  private static List<Double> rates(
      Case keras,
      Semantics semantics,
      String logName,
      Recorder run,
      int resumed,
      List<Double> logged) {
    Callback callback = Recorder.callback("ReduceLROnPlateau", keras.keys(), semantics);
    assertEquals(Set.of(logName), callback.addedLogs());
    assertTrue(callback.setsLearningRate());
    Callback.Session session = callback.start(run);
    List<Double> rates = new ArrayList<>();
    for (int epoch = 0; epoch < keras.figures().size(); epoch++) {
      if (epoch == resumed) {
        session = run.resumed(callback, session);
      }
      Map<String, Double> logs = new HashMap<>(Map.of("val_loss", keras.figures().get(epoch)));
      session.epochEnd(epoch, logs);
      rates.add(run.rate);
      logged.add(logs.getOrDefault(logName, Double.NaN));
    }
    return rates;
  }

  /** As tf_keras 2.21 prints with {@code verbose=1}: its rate is a number of 32 bits. */
  @Test
  void saysWhatItDoes() {
    Map<String, ?> keys = Map.of("factor", 0.5, "patience", 1, "verbose", 1);
    Recorder run = new Recorder();
    Callback.Session session =
        Recorder.callback("ReduceLROnPlateau", keys, Semantics.TF2).start(run);
    session.epochEnd(0, new HashMap<>(Map.of("val_loss", 1.0)));
    session.epochEnd(1, new HashMap<>(Map.of("val_loss", 1.0)));
    assertEquals(
        List.of("say Epoch 2: ReduceLROnPlateau reducing learning rate to 0.05000000074505806."),
        run.actions);
  }

  @Test
  void anEpochWithoutTheFigureDoesNotCount() {
    Recorder run = new Recorder();
    Callback.Session session =
        Recorder.callback("ReduceLROnPlateau", Map.of("patience", 1), Semantics.KERAS3).start(run);
    session.epochEnd(0, new HashMap<>(Map.of("val_loss", 1.0)));
    Map<String, Double> logs = new HashMap<>(Map.of("loss", 1.0));
    session.epochEnd(1, logs);
    assertEquals(Map.of("loss", 1.0, "learning_rate", 0.1), logs);
    assertEquals(0.1, run.rate);
  }

  @Test
  void theOldNameOfTheLeastDifferenceIsUnderstoodWhereItWas() {
    Recorder run = new Recorder();
    Callback.Session session =
        Recorder.callback("ReduceLROnPlateau", Map.of("epsilon", 0.5, "patience", 1), Semantics.TF1)
            .start(run);
    session.epochEnd(0, new HashMap<>(Map.of("val_loss", 1.0)));
    session.epochEnd(1, new HashMap<>(Map.of("val_loss", 0.8)));
    assertEquals(0.1f * 0.1, run.rate, 1e-9);
    assertEquals(
        "ReduceLROnPlateau.epsilon: not known in semantics: keras3; use min_delta",
        Recorder.mistake("ReduceLROnPlateau", Map.of("epsilon", 0.5), Semantics.KERAS3));
  }

  @Test
  void refusesAFactorThatReducesNothing() {
    assertEquals(
        "ReduceLROnPlateau.factor: found 1.0, expected a number of at least 0 and less than 1",
        Recorder.mistake("ReduceLROnPlateau", Map.of("factor", 1.0), Semantics.KERAS3));
  }
}
