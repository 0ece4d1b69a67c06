package org.rondoml.core.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.random.Permutation;
import org.rondoml.core.random.RandomStream;

/** Computes loss and metrics of samples. */
public final class Evaluator {
  private final Shards shards;
  private final Workers workers;
  private final StepTimes times = new StepTimes();
  private final Objective objective;

  /** An evaluator of a network; the objective is {@linkplain Objective#resolve resolved}. */
  public Evaluator(Network network, Workers workers, Objective objective) {
    this(new Shards(network, workers, objective, false), workers, objective);
  }

  Evaluator(Shards shards, Workers workers, Objective objective) {
    this.shards = shards;
    this.workers = workers;
    this.objective = objective;
  }

  /** Loss and metrics by name: means over all samples. */
  public Map<String, Double> evaluate(SampleData data, int batchSize) {
    return evaluate(data, batchSize, null);
  }

  /** The same over the samples of the first batches; null for all. */
  Map<String, Double> evaluate(SampleData data, int batchSize, @Nullable Integer batches) {
    WholeBatches.require(shards.graph(), data, batchSize);
    shards.beginEvaluation(times);
    int[] order = Permutation.identity(data.size());
    Totals totals = new Totals(objective);
    RandomStream unused = RandomStream.of(0);
    long asked = batches == null ? data.size() : (long) batches * batchSize;
    int end = (int) Math.min(data.size(), asked);
    for (int start = 0; start < end; start += batchSize) {
      Batch batch = new Batch(data, order, start, Math.min(batchSize, data.size() - start));
      Shards.Prepared prepared = shards.prepare(batch);
      workers.run(prepared.count(), prepared::gather);
      shards.compute(batch, false, unused, totals, times);
    }
    return totals.logs();
  }
}
