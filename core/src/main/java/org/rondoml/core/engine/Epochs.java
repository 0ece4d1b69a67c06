package org.rondoml.core.engine;

import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.random.Permutation;
import org.rondoml.core.random.RandomStream;

/**
 * Which batches the steps of an epoch take. Without steps_per_epoch an epoch is one pass over the
 * samples. With it, an epoch goes on where the one before stopped; what happens at the end of a
 * pass is a matter of the generation:
 *
 * <pre>
 * keras3     the epoch ends there, with fewer steps than asked for
 * tf1, tf2   the next pass begins; there are as many passes as epochs, and when the last one is
 *            over, training ends after that epoch
 * </pre>
 *
 * <p>Source: {@code EpochIterator} in {@code keras/src/trainers/epoch_iterator.py}, {@code
 * DataHandler} in {@code tf_keras/src/engine/data_adapter.py}.
 */
final class Epochs {
  private final FitPlan plan;
  private final SampleData data;
  private final RandomStream random;
  private final Semantics semantics;
  private final int batches;
  private int pass = -1;
  private int[] order = new int[0];

  /**
   * The epochs of a training.
   *
   * @param random the stream that orders the samples
   */
  Epochs(FitPlan plan, SampleData data, RandomStream random, Semantics semantics) {
    this.plan = plan;
    this.data = data;
    this.random = random;
    this.semantics = semantics;
    this.batches = (data.size() + plan.batchSize() - 1) / plan.batchSize();
  }

  /** The number of the last epoch there are samples for. */
  int last() {
    Integer asked = plan.stepsPerEpoch();
    if (asked == null || semantics == Semantics.KERAS3) {
      return plan.epochs();
    }
    long whole = (long) planned() * batches / asked;
    return (int) Math.min(plan.epochs(), plan.initialEpoch() + whole + 1);
  }

  /** Whether an epoch has fewer steps than were asked for. */
  boolean runsOut(int epoch) {
    Integer asked = plan.stepsPerEpoch();
    return asked != null && steps(epoch) < asked;
  }

  /** The steps of an epoch, counted from 0. */
  int steps(int epoch) {
    Integer asked = plan.stepsPerEpoch();
    if (asked == null) {
      return batches;
    }
    long left =
        semantics == Semantics.KERAS3
            ? batches - first(epoch) % batches
            : (long) planned() * batches - first(epoch);
    return (int) Math.max(0, Math.min(asked, left));
  }

  /** The samples that the first steps of an epoch take. */
  int samples(int epoch, int steps) {
    int samples = 0;
    for (int step = 0; step < steps; step++) {
      samples += size(first(epoch) + step);
    }
    return samples;
  }

  /** The batch of a step, or null after the last one of the epoch. */
  @Nullable Batch batch(int epoch, int step) {
    if (step >= steps(epoch)) {
      return null;
    }
    long number = first(epoch) + step;
    int start = (int) (number % batches) * plan.batchSize();
    return new Batch(
        data, order(plan.initialEpoch() + (int) (number / batches)), start, size(number));
  }

  private int planned() {
    return plan.epochs() - plan.initialEpoch();
  }

  /** The number of an epoch's first batch, counted through all passes. */
  private long first(int epoch) {
    int done = epoch - plan.initialEpoch();
    Integer asked = plan.stepsPerEpoch();
    if (asked == null) {
      return (long) done * batches;
    }
    if (semantics != Semantics.KERAS3) {
      return (long) done * asked;
    }
    int epochsAPass = (batches + asked - 1) / asked;
    return (long) (done / epochsAPass) * batches + (long) (done % epochsAPass) * asked;
  }

  private int size(long number) {
    return Math.min(plan.batchSize(), data.size() - (int) (number % batches) * plan.batchSize());
  }

  private int[] order(int number) {
    if (number != pass) {
      pass = number;
      order =
          plan.shuffle()
              ? Permutation.of(data.size(), random.derive(number))
              : Permutation.identity(data.size());
    }
    return order;
  }
}
