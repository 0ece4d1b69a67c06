package org.rondoml.core.engine;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;

/**
 * When and on how much training is evaluated; Keras' arguments of {@code fit}.
 *
 * @param every after every so many epochs; 0 where they are listed
 * @param epochs the epochs, counted from 1, where they are listed
 * @param batchSize samples evaluated at once
 * @param steps the batches of an evaluation; null for all
 */
public record ValidationPlan(
    int every, List<Integer> epochs, int batchSize, @Nullable Integer steps) {
  /** Copies the list. */
  public ValidationPlan {
    epochs = List.copyOf(epochs);
  }

  /** An evaluation on all samples after every so many epochs. */
  public static ValidationPlan every(int epochs, int batchSize) {
    return new ValidationPlan(epochs, List.of(), batchSize, null);
  }

  /** Whether an epoch, counted from 0, ends with an evaluation. */
  public boolean follows(int epoch) {
    return every > 0 ? (epoch + 1) % every == 0 : epochs.contains(epoch + 1);
  }

  /** How many evaluations there are in epochs counted from 0. */
  public int countBetween(int from, int to) {
    return (int) IntStream.range(from, to).filter(this::follows).count();
  }

  /**
   * Whether an evaluation finds samples left. That of tf1 and tf2 goes on reading where steps asks
   * for more than there are, and never finds any again.
   *
   * @param before evaluations before this one
   */
  boolean findsSamples(int samples, int before, Semantics semantics) {
    Integer asked = steps;
    return semantics == Semantics.KERAS3
        || before == 0
        || asked == null
        || asked <= (samples + batchSize - 1) / batchSize;
  }
}
