package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.random.RandomStream;

/**
 * The shards of batches: a workspace for each place in a batch and number of rows, kept for all
 * batches. {@link #run} computes a batch, all its shards at once.
 */
final class Shards {
  private final Network network;
  private final Workers workers;
  private final Objective objective;
  private final List<Gradients> gradients = new ArrayList<>();
  private final Map<Place, Shard> shards = new HashMap<>();

  private record Place(int shard, int rows) {}

  /** One shard: its memory, and loss and metrics for each output. */
  private record Shard(Workspace workspace, Gradients gradients, List<ShardLoss> losses) {}

  /** What a shard found out. */
  private record Outcome(List<Double> losses, Totals totals) {}

  Shards(Network network, Workers workers, Objective objective) {
    this.network = network;
    this.workers = workers;
    this.objective = objective;
  }

  /**
   * Computes a batch: forward, loss and metrics; in training backward as well, which leaves each
   * shard's gradients in {@link #gradients}.
   *
   * @param order the numbers of samples
   * @param start where the batch begins in the order
   * @param random the stream of (seed, step)
   * @return each output's loss, a mean over the batch
   */
  double[] run(
      SampleData data,
      int[] order,
      int start,
      int batchSize,
      boolean training,
      RandomStream random,
      Totals totals) {
    ShardPlan plan = ShardPlan.of(batchSize);
    List<Shard> batch = prepare(plan, data);
    @Nullable Outcome[] outcomes = new Outcome[plan.shards()];
    workers.run(
        plan.shards(),
        i ->
            outcomes[i] =
                compute(
                    batch.get(i),
                    data,
                    order,
                    start + plan.start(i),
                    batchSize,
                    training,
                    random.derive(i)));
    double[] losses = new double[objective.outputs().size()];
    for (Outcome outcome : outcomes) {
      if (outcome != null) {
        for (int o = 0; o < losses.length; o++) {
          losses[o] += outcome.losses().get(o);
        }
        totals.addMetrics(outcome.totals());
      }
    }
    totals.addLosses(losses, batchSize);
    return losses;
  }

  /** The gradients that the last training batch left, a block a shard. */
  List<Gradients> gradients(int batchSize) {
    return gradients.subList(0, ShardPlan.of(batchSize).shards());
  }

  /** Makes what a batch needs and was not made before; not while shards are computed. */
  private List<Shard> prepare(ShardPlan plan, SampleData data) {
    List<Shard> batch = new ArrayList<>();
    for (int i = 0; i < plan.shards(); i++) {
      if (gradients.size() <= i) {
        gradients.add(new Gradients(network.parameters()));
      }
      Gradients block = gradients.get(i);
      batch.add(
          shards.computeIfAbsent(
              new Place(i, plan.rows(i)), place -> shard(place.rows(), block, data)));
    }
    return batch;
  }

  private Shard shard(int rows, Gradients block, SampleData data) {
    List<ShardLoss> losses = new ArrayList<>();
    for (int o = 0; o < objective.outputs().size(); o++) {
      losses.add(
          new ShardLoss(
              network,
              objective.outputs().get(o),
              network.graph().outputs().get(o),
              rows,
              data.targetLength(o)));
    }
    return new Shard(new Workspace(network, rows, block, false), block, losses);
  }

  private Outcome compute(
      Shard shard,
      SampleData data,
      int[] order,
      int start,
      int batchSize,
      boolean training,
      RandomStream random) {
    Workspace workspace = shard.workspace();
    int rows = workspace.rows();
    Graph graph = network.graph();
    for (int i = 0; i < graph.inputs().size(); i++) {
      data.gatherInput(i, order, start, rows, workspace.input(i));
    }
    workspace.forward(training, random);
    Totals totals = new Totals(objective);
    List<Double> losses = new ArrayList<>();
    int metric = 0;
    for (int o = 0; o < shard.losses().size(); o++) {
      ShardLoss shardLoss = shard.losses().get(o);
      data.gatherTarget(o, order, start, rows, shardLoss.targets());
      losses.add(
          shardLoss.compute(workspace, data, order, start, batchSize, training, totals, metric));
      metric += objective.outputs().get(o).metrics().size();
    }
    if (training) {
      backward(shard);
    }
    return new Outcome(losses, totals);
  }

  private void backward(Shard shard) {
    Workspace workspace = shard.workspace();
    shard.gradients().memory().clear();
    workspace.beginBackward();
    @Nullable INDArray[] logits = new INDArray[network.graph().steps().size()];
    for (ShardLoss loss : shard.losses()) {
      if (loss.readsLogits()) {
        logits[loss.source().step()] = loss.gradient();
      } else {
        workspace.addGradient(loss.source(), loss.gradient());
      }
    }
    workspace.backward(logits);
  }
}
