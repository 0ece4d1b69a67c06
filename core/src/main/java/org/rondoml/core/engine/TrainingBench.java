package org.rondoml.core.engine;

import org.rondoml.core.random.Permutation;
import org.rondoml.core.random.RandomStream;

/**
 * Steps of training for timing: those of the {@link Trainer}, without epochs, callbacks, evaluation
 * and checkpoints. The samples come in a random order, again and again.
 */
public final class TrainingBench {
  private final Network network;
  private final Objective objective;
  private final Optimization optimization;
  private final SampleData data;
  private final int batchSize;
  private final int[] order;
  private final TrainingStep step;
  private long iteration;

  /**
   * Steps of a network.
   *
   * @param objective {@linkplain Objective#resolve resolved} for the data
   * @param batchSize samples a step; at most those there are
   */
  public TrainingBench(
      Network network,
      Workers workers,
      Objective objective,
      Optimization optimization,
      SampleData data,
      int batchSize) {
    this.network = network;
    this.objective = objective;
    this.optimization = optimization;
    this.data = data;
    this.batchSize = Math.min(batchSize, data.size());
    this.order = Permutation.of(data.size(), network.random("shuffle"));
    this.step = new TrainingStep(network, workers, objective, optimization);
    step.gather(batch(0));
  }

  /** Makes steps. */
  public void run(int steps) {
    Totals totals = new Totals(objective);
    for (int i = 0; i < steps; i++) {
      RandomStream random = network.random("step").derive(iteration);
      Batch current = batch(iteration);
      step.compute(current, random, totals);
      double learningRate = optimization.optimizer().learningRate().at(iteration);
      step.update(current, iteration, learningRate, batch(iteration + 1));
      iteration++;
    }
  }

  /** Where the time of all steps so far has gone. */
  public StepTimes times() {
    return step.times();
  }

  private Batch batch(long number) {
    long batches = data.size() / batchSize;
    return new Batch(data, order, Math.toIntExact(number % batches) * batchSize, batchSize);
  }
}
