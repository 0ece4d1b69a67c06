package org.rondoml.standard.callbacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Callback;
import org.rondoml.core.spi.Schedule;

class LearningRateSchedulerTest {
  /** 0.1 at first, half of it after every other epoch. */
  private static final Schedule HALVING = epoch -> 0.1 * Math.pow(0.5, epoch / 2.0);

  /**
   * {@code LearningRateScheduler(lambda e: 0.1 * 0.5 ** (e / 2))} in a fit of 3 epochs: Keras 3.15
   * in float64 logs learning_rate [0.1, 0.07071067811865477, 0.05], tf_keras 2.21 lr [0.1,
   * 0.07071068, 0.05] of 32 bits.
   */
  @Test
  void setsAndLogsWhatTheScheduleSays() {
    assertRates(Semantics.KERAS3, "learning_rate", 0.1, 0.07071067811865477, 0.05);
    assertRates(Semantics.TF1, "lr", 0.1f, 0.07071068f, 0.05f);
    assertRates(Semantics.TF2, "lr", 0.1f, 0.07071068f, 0.05f);
  }

  private static void assertRates(Semantics semantics, String logName, double... rates) {
    Callback callback =
        new LearningRateScheduler(new LearningRateScheduler.Config(HALVING, 0), semantics);
    assertEquals(Set.of(logName), callback.addedLogs());
    assertTrue(callback.setsLearningRate());
    Recorder run = new Recorder();
    Callback.Session session = callback.start(run);
    for (int epoch = 0; epoch < rates.length; epoch++) {
      session.epochBegin(epoch);
      assertEquals(rates[epoch], run.rate);
      Map<String, Double> logs = new HashMap<>();
      session.epochEnd(epoch, logs);
      assertEquals(Map.of(logName, rates[epoch]), logs);
    }
    assertEquals(List.of(), run.actions);
  }

  @Test
  void saysWhatItDoes() {
    Recorder run = new Recorder();
    new LearningRateScheduler(new LearningRateScheduler.Config(HALVING, 1), Semantics.KERAS3)
        .start(run)
        .epochBegin(1);
    assertEquals(
        List.of("say Epoch 2: LearningRateScheduler setting learning rate to 0.07071067811865477."),
        run.actions);
  }

  @Test
  void theScheduleIsAComponent() {
    Recorder run = new Recorder();
    Recorder.callback("LearningRateScheduler", Map.of("schedule", 0.25), Semantics.KERAS3)
        .start(run)
        .epochBegin(0);
    assertEquals(0.25, run.rate);
    assertTrue(
        Recorder.mistake("LearningRateScheduler", Map.of(), Semantics.KERAS3)
            .startsWith("LearningRateScheduler: missing key 'schedule': a number or a schedule"));
  }
}
