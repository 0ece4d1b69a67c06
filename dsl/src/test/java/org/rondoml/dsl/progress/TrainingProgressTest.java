package org.rondoml.dsl.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Semantics;
import org.rondoml.core.engine.TrainingListener;

/**
 * The texts of tf2 and keras3 are what {@code Progbar} of tf_keras 2.21 and Keras 3.15 prints at
 * the same times, without the backspaces before each line; those of tf1 follow TensorFlow 1.13.
 */
class TrainingProgressTest {
  private static final int SAMPLES = 60000;
  private static final int BATCH = 32;

  private final StringBuilder shown = new StringBuilder();
  private final AtomicLong nanos = new AtomicLong(5_000_000_000_000L);

  private TrainingListener progress(ProgressMode mode, Semantics semantics, boolean terminal) {
    return TrainingProgress.of(mode, semantics, terminal, shown::append, nanos::get);
  }

  private void pass(double seconds) {
    nanos.addAndGet(Math.round(seconds * 1e9));
  }

  private static Map<String, Double> logs(double loss, double accuracy) {
    Map<String, Double> logs = new LinkedHashMap<>();
    logs.put("loss", loss);
    logs.put("accuracy", accuracy);
    return logs;
  }

  private static Map<String, Double> logs(
      double loss, double accuracy, double valLoss, double valAccuracy) {
    Map<String, Double> logs = logs(loss, accuracy);
    logs.put("val_loss", valLoss);
    logs.put("val_accuracy", valAccuracy);
    return logs;
  }

  private void step(TrainingListener progress, int step, double seconds, double loss, double acc) {
    pass(seconds);
    progress.batchEnd(Math.min(SAMPLES, step * BATCH), logs(loss, acc));
  }

  private void epoch(TrainingListener progress, int epochs) {
    progress.trainBegin(SAMPLES, 10000, BATCH);
    progress.epochBegin(0, epochs, SAMPLES);
    step(progress, 1, 2.0, 2.3026, 0.09375);
    step(progress, 2, 0.02, 2.3, 0.1);
    step(progress, 3, 0.02, 2.29, 0.125);
    step(progress, 1000, 100.01, 0.0005, 0.5);
    step(progress, 1874, 3.0, 0.2, 0.95);
    step(progress, 1875, 0.06, 0.19, 0.96);
    pass(5);
    progress.epochEnd(0, logs(0.19, 0.96, 0.00099, 0.9704));
    progress.trainEnd();
  }

  @Test
  void drawsTheBarOfKeras3() {
    epoch(progress(ProgressMode.BAR, Semantics.KERAS3, false), 1);

    String line = "━━━━━━━━━━━━━━━━━━━━";
    assertEquals(
        "\r\u001b[1m   1/1875\u001b[0m \u001b[37m"
            + line
            + "\u001b[0m \u001b[1m1:02:28\u001b[0m 2s/step - accuracy: 0.0938 - loss: 2.3026"
            + "\r\u001b[1m1000/1875\u001b[0m \u001b[32m━━━━━━━━━━\u001b[0m\u001b[37m━━━━━━━━━━\u001b[0m"
            + " \u001b[1m1:27\u001b[0m 100ms/step - accuracy: 0.5000 - loss: 5.0000e-04"
            + "\r\u001b[1m1874/1875\u001b[0m \u001b[32m━━━━━━━━━━━━━━━━━━━\u001b[0m\u001b[37m━\u001b[0m"
            + " \u001b[1m0s\u001b[0m 55ms/step - accuracy: 0.9500 - loss: 0.2000       "
            + "\r\u001b[1m1875/1875\u001b[0m \u001b[32m"
            + line
            + "\u001b[0m\u001b[37m\u001b[0m \u001b[1m0s\u001b[0m 55ms/step - accuracy: 0.9600 - loss: 0.1900"
            + "\r\u001b[1m1875/1875\u001b[0m \u001b[32m"
            + line
            + "\u001b[0m\u001b[37m\u001b[0m \u001b[1m110s\u001b[0m 58ms/step - accuracy: 0.9600 - loss: 0.1900"
            + " - val_accuracy: 0.9704 - val_loss: 9.9000e-04\n",
        shown.toString());
  }

  @Test
  void drawsTheBarOfKeras2() {
    epoch(progress(ProgressMode.BAR, Semantics.TF2, false), 1);

    assertEquals(
        "\r   1/1875 [..............................] - ETA: 1:02:28 - loss: 2.3026 - accuracy: 0.0938"
            + "\r1000/1875 [===============>..............] - ETA: 1:27 - loss: 5.0000e-04 - accuracy: 0.5000"
            + "\r1874/1875 [============================>.] - ETA: 0s - loss: 0.2000 - accuracy: 0.9500      "
            + "\r1875/1875 [==============================] - ETA: 0s - loss: 0.1900 - accuracy: 0.9600"
            + "\r1875/1875 [==============================] - 110s 58ms/step - loss: 0.1900"
            + " - accuracy: 0.9600 - val_loss: 9.9000e-04 - val_accuracy: 0.9704\n",
        shown.toString());
  }

  @Test
  void drawsTheBarOfTensorFlow1() {
    TrainingListener progress = progress(ProgressMode.BAR, Semantics.TF1, false);
    progress.trainBegin(SAMPLES, 10000, BATCH);
    progress.epochBegin(0, 4, SAMPLES);
    step(progress, 1, 2.0, 2.3026, 0.09375);
    step(progress, 1000, 138.0, 1.25, 0.5);
    step(progress, 1875, 120.0, 0.996, 0.6611);
    pass(18);
    progress.epochEnd(0, logs(0.9960, 0.6611, 0.2939, 0.9013));

    assertEquals(
        "Train on 60000 samples, validate on 10000 samples\n"
            + "Epoch 1/4\n"
            + "\r   32/60000 [..............................] - ETA: 1:02:28 - loss: 2.3026 - acc: 0.0938"
            + "\r32000/60000 [===============>..............] - ETA: 2:02 - loss: 1.2500 - acc: 0.5000   "
            + "\r60000/60000 [==============================] - 278s 5ms/sample - loss: 0.9960"
            + " - acc: 0.6611 - val_loss: 0.2939 - val_acc: 0.9013\n",
        shown.toString());
  }

  @Test
  void printsALineAnEpochWhereThereIsNoTerminal() {
    TrainingListener progress = progress(ProgressMode.AUTO, Semantics.TF1, false);
    progress.trainBegin(SAMPLES, 0, BATCH);
    progress.epochBegin(1, 4, SAMPLES);
    step(progress, 1, 2.0, 2.3026, 0.09375);
    pass(276);
    progress.epochEnd(1, logs(0.9960, 0.6611));
    progress.say("Epoch 2: early stopping");

    assertEquals(
        """
        Train on 60000 samples
        Epoch 2/4 - 60000/60000 - 278s 5ms/sample - loss: 0.9960 - acc: 0.6611
        Epoch 2: early stopping
        """,
        shown.toString());
  }

  @Test
  void drawsTheBarOnATerminal() {
    epoch(progress(ProgressMode.AUTO, Semantics.TF2, true), 1);

    assertEquals(5, shown.chars().filter(c -> c == '\r').count());
  }

  @Test
  void showsNothingWhenAskedTo() {
    epoch(progress(ProgressMode.NONE, Semantics.TF1, true), 4);

    assertEquals("", shown.toString());
  }

  @Test
  void endsTheLineOfATrainingThatStops() {
    TrainingListener progress = progress(ProgressMode.BAR, Semantics.TF2, true);
    progress.trainBegin(SAMPLES, 0, BATCH);
    progress.epochBegin(0, 1, SAMPLES);
    step(progress, 1, 2.0, 2.3026, 0.09375);
    progress.trainEnd();

    assertEquals('\n', shown.charAt(shown.length() - 1));
  }

  @Test
  void leavesAHalfDrawnBarForWhatIsSaid() {
    TrainingListener progress = progress(ProgressMode.BAR, Semantics.TF2, true);
    progress.trainBegin(SAMPLES, 0, BATCH);
    progress.epochBegin(0, 1, SAMPLES);
    step(progress, 1, 2.0, 2.3026, 0.09375);
    progress.say("Epoch 1: saving checkpoint step-1");
    progress.say("and more");

    assertTrue(
        shown.toString().endsWith("0.0938\nEpoch 1: saving checkpoint step-1\nand more\n"),
        shown.toString());
  }

  @Test
  void tellsThePaceOfAResumedEpochByWhatWasDoneSince() {
    TrainingListener progress = progress(ProgressMode.BAR, Semantics.TF1, true);
    progress.trainBegin(SAMPLES, 0, BATCH);
    progress.epochBegin(0, 1, SAMPLES);
    step(progress, 1001, 3.2, 1, 0.5);

    assertEquals(
        "Train on 60000 samples\n"
            + "\r32032/60000 [===============>..............] - ETA: 46:36 - loss: 1.0000 - acc: 0.5000",
        shown.toString());
  }

  @Test
  void writesNumbersAsPythonDoes() {
    assertEquals("0.0010", Figures.number(0.00100001));
    assertEquals("1.0000e-03", Figures.number(0.001));
    assertEquals("0.0000e+00", Figures.number(0));
    assertEquals("-2.5000", Figures.number(-2.5));
    assertEquals("0.1250", Figures.number(0.125));
    assertEquals("0.0312", Figures.number(0.03125));
    assertEquals("1.2346e-10", Figures.number(1.23456e-10));
    assertEquals("nan", Figures.number(Double.NaN));
    assertEquals("inf", Figures.number(Double.POSITIVE_INFINITY));
    assertEquals("250us/step", Figures.perUnit(0.00025, "step"));
    assertEquals("0s/step", Figures.perUnit(0, "step"));
    assertEquals("1:01:01", Figures.eta(3661.9));
    assertEquals("60s", Figures.eta(60));
  }

  /** As {@code Progbar} of Keras 3.15 has arrays: their means, in the order of the names. */
  @Test
  void severalFiguresOfAMetricAreShownAsTheirMean() {
    Map<String, Double> logs = new LinkedHashMap<>();
    logs.put("loss", 2.6873);
    logs.put("precision[0]", 0.2);
    logs.put("precision[1]", 1 / 3.0);
    logs.put("f1_score[0]", 0.5);
    logs.put("val_f1_score[0]", 0.25);
    assertEquals(
        " - f1_score: 0.5000 - loss: 2.6873 - precision: 0.2667 - val_f1_score: 0.2500",
        Figures.logs(LineStyle.KERAS3.named(Figures.means(logs))));
  }
}
