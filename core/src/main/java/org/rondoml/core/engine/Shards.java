package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.random.RandomStream;

/**
 * The shards of batches: a workspace for each place in a batch and number of rows, kept for all
 * batches. A batch is {@linkplain Prepared#gather gathered} and then {@linkplain #compute
 * computed}, all its shards at once.
 */
final class Shards {
  private final Network network;
  private final Workers workers;
  private final Objective objective;
  private final boolean trains;
  private final WeightPenalties weightPenalties;
  private final List<ShardGradients> gradients = new ArrayList<>();
  private final Map<Place, Shard> shards = new HashMap<>();
  private final Map<String, INDArray> waitingStates = new TreeMap<>();
  private double weightPenalty;
  private double penalty;

  private record Place(int shard, int rows) {
    /** What the names of its states begin with. */
    String prefix() {
      return shard + "/" + rows + "/";
    }
  }

  /** One shard: its memory, loss and metrics for each output, and the layers' penalties. */
  private record Shard(
      Workspace workspace,
      ShardGradients gradients,
      List<ShardLoss> losses,
      ActivityPenalties penalties) {}

  /** What a shard found out. */
  private record Outcome(List<Double> losses, double penalty, Totals totals) {}

  /**
   * Shards of a network.
   *
   * @param trains whether some batches are trained on; else nothing is kept for a backward pass
   */
  Shards(Network network, Workers workers, Objective objective, boolean trains) {
    this.trains = trains;
    this.network = network;
    this.workers = workers;
    this.objective = objective;
    this.weightPenalties =
        new WeightPenalties(network.parameters(), objective.penalizesFrozen(), workers);
  }

  /** A batch and the memory of its shards, into which samples can be gathered at once. */
  record Prepared(Graph graph, Batch batch, ShardPlan plan, List<Shard> shards) {
    int count() {
      return shards.size();
    }

    /** Copies the samples of a shard to where its layers and losses read them. */
    void gather(int shard) {
      Shard memory = shards.get(shard);
      int start = batch.start() + plan.start(shard);
      int rows = plan.rows(shard);
      for (int i = 0; i < graph.inputs().size(); i++) {
        batch.data().gatherInput(i, batch.order(), start, rows, memory.workspace().input(i));
      }
      for (int o = 0; o < memory.losses().size(); o++) {
        batch.data().gatherTarget(o, batch.order(), start, rows, memory.losses().get(o).targets());
      }
    }
  }

  /** Makes what a batch needs and was not made before; not while shards are computed. */
  Prepared prepare(Batch batch) {
    ShardPlan plan = ShardPlan.of(network.graph(), batch.size());
    List<Shard> prepared = new ArrayList<>();
    for (int i = 0; i < plan.shards(); i++) {
      if (gradients.size() <= i) {
        gradients.add(new ShardGradients(network.kernels()));
      }
      ShardGradients block = gradients.get(i);
      prepared.add(
          shards.computeIfAbsent(
              new Place(i, plan.rows(i)), place -> shard(place, block, batch.data())));
    }
    return new Prepared(network.graph(), batch, plan, prepared);
  }

  /**
   * Computes a batch that was gathered: forward, loss and metrics; in training backward as well,
   * which leaves each shard's gradients in {@link #gradients}.
   *
   * @param random the stream of (seed, step)
   * @return each output's loss, a mean over the batch
   */
  double[] compute(
      Batch batch, boolean training, RandomStream random, Totals totals, StepTimes times) {
    Prepared prepared = prepare(batch);
    if (training) {
      weightPenalty = weightPenalties.value(times);
    }
    penalty = weightPenalty;
    @Nullable Outcome[] outcomes = new Outcome[prepared.count()];
    workers.run(
        prepared.count(),
        i ->
            times.measure(
                StepTimes.Part.LAYERS,
                () -> outcomes[i] = compute(prepared, i, training, random.derive(i))));
    double[] losses = new double[objective.outputs().size()];
    for (Outcome outcome : outcomes) {
      if (outcome != null) {
        for (int o = 0; o < losses.length; o++) {
          losses[o] += outcome.losses().get(o);
        }
        penalty += outcome.penalty();
        totals.addMetrics(outcome.totals());
      }
    }
    totals.addLosses(losses, penalty, batch.size());
    return losses;
  }

  /** What regularizers added to the loss of the last batch. */
  double penalty() {
    return penalty;
  }

  /** The penalties of the parameters. */
  WeightPenalties weightPenalties() {
    return weightPenalties;
  }

  /** The gradients that the last training batch left, a block a shard. */
  List<ShardGradients> gradients(int batchSize) {
    return gradients.subList(0, ShardPlan.of(network.graph(), batchSize).shards());
  }

  Graph graph() {
    return network.graph();
  }

  /** Begins an evaluation: stateful layers start from zeros, and weights don't change. */
  void beginEvaluation(StepTimes times) {
    weightPenalty = weightPenalties.value(times);
    shards.values().forEach(shard -> shard.workspace().states().resetEvaluation());
  }

  /** What stateful layers keep from one batch of training to the next, by name. */
  Map<String, INDArray> states() {
    Map<String, INDArray> all = new TreeMap<>(waitingStates);
    shards.forEach(
        (place, shard) ->
            shard
                .workspace()
                .states()
                .ofTraining()
                .forEach((name, value) -> all.put(place.prefix() + name, value)));
    return all;
  }

  /** Puts back what {@link #states} gave; before the first batch. */
  void restoreStates(Map<String, INDArray> states) {
    waitingStates.putAll(states);
  }

  private Shard shard(Place place, ShardGradients block, SampleData data) {
    int rows = place.rows();
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
    Workspace workspace = new Workspace(network, rows, trains ? block : null, false);
    Map<String, INDArray> waiting = new TreeMap<>(waitingStates);
    waiting.keySet().removeIf(name -> !name.startsWith(place.prefix()));
    waiting.forEach(
        (name, value) ->
            workspace.states().restore(name.substring(place.prefix().length()), value));
    waitingStates.keySet().removeAll(waiting.keySet());
    return new Shard(workspace, block, losses, new ActivityPenalties(network.graph(), workspace));
  }

  private Outcome compute(Prepared prepared, int number, boolean training, RandomStream random) {
    Shard shard = prepared.shards().get(number);
    Batch batch = prepared.batch();
    int start = batch.start() + prepared.plan().start(number);
    Workspace workspace = shard.workspace();
    workspace.forward(training, random);
    Totals totals = new Totals(objective);
    List<Double> losses = new ArrayList<>();
    int metric = 0;
    for (int o = 0; o < shard.losses().size(); o++) {
      losses.add(
          shard
              .losses()
              .get(o)
              .compute(
                  workspace,
                  batch.data(),
                  batch.order(),
                  start,
                  batch.size(),
                  training,
                  totals,
                  metric));
      metric += objective.outputs().get(o).metrics().size();
    }
    double activityPenalty = shard.penalties().value(batch.size());
    if (training) {
      backward(shard, batch.size());
    }
    return new Outcome(losses, activityPenalty, totals);
  }

  private void backward(Shard shard, int batchSize) {
    Workspace workspace = shard.workspace();
    shard.gradients().begin();
    workspace.beginBackward();
    @Nullable INDArray[] logits = new INDArray[network.graph().steps().size()];
    for (ShardLoss loss : shard.losses()) {
      if (loss.readsLogits()) {
        logits[loss.source().step()] = loss.gradient();
      } else {
        workspace.addGradient(loss.source(), loss.gradient());
      }
    }
    shard.penalties().addGradients(batchSize);
    workspace.backward(logits);
  }
}
