package org.rondoml.core.engine;

import java.util.Map;
import org.rondoml.core.random.Permutation;
import org.rondoml.core.random.RandomStream;

/** Computes loss and metrics of samples. */
public final class Evaluator {
  private final Shards shards;
  private final Objective objective;

  /** An evaluator of a network; the objective is {@linkplain Objective#resolve resolved}. */
  public Evaluator(Network network, Workers workers, Objective objective) {
    this(new Shards(network, workers, objective), objective);
  }

  Evaluator(Shards shards, Objective objective) {
    this.shards = shards;
    this.objective = objective;
  }

  /** Loss and metrics by name: means over all samples. */
  public Map<String, Double> evaluate(SampleData data, int batchSize) {
    int[] order = Permutation.identity(data.size());
    Totals totals = new Totals(objective);
    RandomStream unused = RandomStream.of(0);
    for (int start = 0; start < data.size(); start += batchSize) {
      int rows = Math.min(batchSize, data.size() - start);
      shards.run(data, order, start, rows, false, unused, totals);
    }
    return totals.logs();
  }
}
