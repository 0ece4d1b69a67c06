package org.rondoml.core.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.compute.PackedOperand;
import org.rondoml.core.engine.StepTimes.Part;
import org.rondoml.core.random.RandomStream;

/**
 * A step of training: forward and backward on all shards of a batch, the optimizer's update, the
 * weights packed anew. While some threads pack, others gather the samples of the batch after it, so
 * that no step waits for its data.
 */
final class TrainingStep {
  private final Network network;
  private final Workers workers;
  private final Shards shards;
  private final Updater updater;
  private final StepTimes times = new StepTimes();

  TrainingStep(Network network, Workers workers, Objective objective, Optimization optimization) {
    this.network = network;
    this.workers = workers;
    this.shards = new Shards(network, workers, objective, true);
    this.updater = new Updater(network, workers, optimization, shards.weightPenalties());
  }

  /** Where the time goes. */
  StepTimes times() {
    return times;
  }

  /** The shards, which evaluation uses as well. */
  Shards shards() {
    return shards;
  }

  /** The optimizer's memory, by slot. */
  List<INDArray> slots() {
    return updater.slots();
  }

  /** Gathers the samples of a batch that no step before it has gathered. */
  void gather(Batch batch) {
    Shards.Prepared prepared = shards.prepare(batch);
    workers.run(prepared.count(), i -> times.measure(Part.DATA, () -> prepared.gather(i)));
  }

  /**
   * Forward and backward on a batch that was gathered.
   *
   * @param random the stream of (seed, step)
   * @return each output's loss, a mean over the batch
   */
  double[] compute(Batch batch, RandomStream random, Totals totals) {
    return shards.compute(batch, true, random, totals, times);
  }

  /** What regularizers added to the loss of the batch that was computed last. */
  double penalty() {
    return shards.penalty();
  }

  /** Ends training: the weights are from here on what the optimizer makes of them in the end. */
  void finish() {
    updater.finish();
    network.weightsChanged(workers);
  }

  /**
   * Updates the weights after {@link #compute}.
   *
   * @param next the batch after this one, or null where there is none yet
   */
  void update(Batch batch, long iteration, double learningRate, @Nullable Batch next) {
    updater.update(iteration, learningRate, shards.gradients(batch.size()), times);
    network.parameters().applyNext();
    List<PackedOperand> operands = network.packed().operands();
    Shards.Prepared following = next == null ? null : shards.prepare(next);
    int gathering = following == null ? 0 : following.count();
    workers.run(
        operands.size() + gathering,
        i -> {
          if (i < operands.size()) {
            times.measure(Part.PACKING, operands.get(i)::pack);
          } else if (following != null) {
            times.measure(Part.DATA, () -> following.gather(i - operands.size()));
          }
        });
  }
}
