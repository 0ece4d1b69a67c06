package org.rondoml.dsl.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to measure.
 *
 * @param batchSize samples a step of training; null for the model file's
 * @param steps how many steps to time, of training and at each batch size of inference; null for
 *     some seconds' worth
 * @param warmUp seconds of warm-up at most; null for until steps get no faster
 * @param inference batch sizes of inference; none to leave it out
 */
public record BenchPlan(
    @Nullable Integer batchSize,
    @Nullable Integer steps,
    @Nullable Double warmUp,
    List<Integer> inference) {
  /** Copies the list. */
  public BenchPlan {
    inference = List.copyOf(inference);
  }
}
