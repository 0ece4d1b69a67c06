package org.rondoml.core.engine;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.core.compute.Memory;

/** Gathers the gradients of several batches, for an update with their mean. */
final class GradientAccumulator {
  private final int steps;
  private final Memory sum;
  private final Sweep add;
  private final Sweep take;

  GradientAccumulator(int steps, Memory gradients, long length, Workers workers) {
    this.steps = steps;
    sum = Memory.of(Nd4j.create(gradients.array().dataType(), gradients.length()));
    add = new Sweep(workers, length, List.of(sum), List.of(gradients));
    take = new Sweep(workers, length, List.of(gradients), List.of(sum));
  }

  /**
   * Takes in the gradients of a batch.
   *
   * @param iteration batches before this one
   * @return whether the gradients are now the mean over all batches since the last update
   */
  boolean isComplete(long iteration, StepTimes times) {
    if ((iteration + 1) % steps != 0) {
      add.run(times, (s, none, g) -> s.add(s, g.get(0)));
      return false;
    }
    take.run(times, (g, none, s) -> g.add(g, s.get(0)).scale(g, 1.0 / steps));
    sum.clear();
    return true;
  }

  /** The sum so far. */
  INDArray array() {
    return sum.array();
  }
}
