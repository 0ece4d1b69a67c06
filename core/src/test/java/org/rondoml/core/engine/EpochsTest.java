package org.rondoml.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Semantics;
import org.rondoml.core.random.RandomStream;

/**
 * The batches that {@code fit(..., batch_size=3, steps_per_epoch=...)} of Keras 3.15 and tf_keras
 * 2.21 takes from 10 samples: each is written as its first sample.
 */
class EpochsTest {
  private static final int SAMPLES = 10;

  private static Epochs epochs(
      int epochs, int initialEpoch, @Nullable Integer steps, boolean shuffle, Semantics semantics) {
    FitPlan plan = new FitPlan(epochs, 3, shuffle, initialEpoch, steps, ValidationPlan.every(1, 3));
    return new Epochs(
        plan, LinearModel.data(LinearModel.graph(0), SAMPLES), RandomStream.of(1), semantics);
  }

  private static String batches(Epochs epochs, int from) {
    List<String> all = new ArrayList<>();
    for (int epoch = from; epoch < epochs.last(); epoch++) {
      List<Integer> first = new ArrayList<>();
      int samples = 0;
      for (int step = 0; step < epochs.steps(epoch); step++) {
        Batch batch = epochs.batch(epoch, step);
        first.add(batch.order()[batch.start()]);
        samples += batch.size();
      }
      assertNull(epochs.batch(epoch, epochs.steps(epoch)));
      assertEquals(samples, epochs.samples(epoch, epochs.steps(epoch)));
      all.add(first.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }
    return String.join(" | ", all);
  }

  private static String batches(int epochs, @Nullable Integer steps, Semantics semantics) {
    return batches(epochs(epochs, 0, steps, false, semantics), 0);
  }

  @Test
  void withoutStepsAnEpochIsAPass() {
    for (Semantics semantics : Semantics.values()) {
      assertEquals("0 3 6 9 | 0 3 6 9", batches(2, null, semantics));
    }
  }

  @Test
  void anEpochOfKeras3EndsWithThePass() {
    assertEquals("0 3 | 6 9 | 0 3", batches(3, 2, Semantics.KERAS3));
    assertEquals("0 3 6 | 9 | 0 3 6 | 9", batches(4, 3, Semantics.KERAS3));
    assertEquals("0 3 6 9 | 0 3 6 9", batches(2, 6, Semantics.KERAS3));
  }

  @Test
  void anEpochBeforeKeras3GoesOnWithTheNextPass() {
    assertEquals("0 3 6 | 9 0 3 | 6 9 0 | 3 6 9", batches(4, 3, Semantics.TF2));
    assertEquals("0 3 6 9 0 3 | 6 9 0 3 6 9 | ", batches(3, 6, Semantics.TF2));
    assertEquals("0 3 6 9 0 | 3 6 9 0 3 | 6 9", batches(3, 5, Semantics.TF1));
    // The fourth epoch would find nothing, and is not begun.
    assertEquals("0 3 6 9 0 3 | 6 9 0 3 6 9 | 0 3 6 9", batches(4, 6, Semantics.TF1));
  }

  @Test
  void passesCountFromTheInitialEpoch() {
    assertEquals("0 3 | 6 9", batches(epochs(4, 2, 2, false, Semantics.KERAS3), 2));
    assertEquals("0 3 6 9 0 | 3 6 9", batches(epochs(4, 2, 5, false, Semantics.TF2), 2));
  }

  @Test
  void tellsWhereTheSamplesRunOut() {
    Epochs short3 = epochs(4, 0, 3, false, Semantics.KERAS3);
    assertFalse(short3.runsOut(0));
    assertTrue(short3.runsOut(1));
    assertFalse(epochs(2, 0, null, false, Semantics.KERAS3).runsOut(1));
  }

  @Test
  void anOrderLastsForAPass() {
    Epochs epochs = epochs(4, 0, 2, true, Semantics.KERAS3);
    int[] first = epochs.batch(0, 0).order().clone();
    assertTrue(Arrays.equals(first, epochs.batch(1, 0).order()));
    assertNotEquals(Arrays.toString(first), Arrays.toString(epochs.batch(2, 0).order()));
  }
}
