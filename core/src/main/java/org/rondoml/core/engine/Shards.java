package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.Arrays;
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

  private record Place(Graph graph, int shard, int rows) {
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
   * A shard after its forward pass.
   *
   * @param sums what each output adds to the sums over the batch; empty for an output that needs
   *     none
   * @param outcome what came of it; null as long as the sums are not known
   */
  private record Progress(List<double[]> sums, @Nullable Outcome outcome) {}

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
    Graph graph = network.graph(batch.data());
    ShardPlan plan = ShardPlan.of(graph, batch.size());
    List<Shard> prepared = new ArrayList<>();
    for (int i = 0; i < plan.shards(); i++) {
      if (gradients.size() <= i) {
        gradients.add(new ShardGradients());
      }
      ShardGradients block = gradients.get(i);
      prepared.add(
          shards.computeIfAbsent(
              new Place(graph, i, plan.rows(i)), place -> shard(place, block, batch.data())));
    }
    return new Prepared(graph, batch, plan, prepared);
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
    @Nullable Progress[] progress = new Progress[prepared.count()];
    workers.run(
        prepared.count(),
        i ->
            times.measure(
                StepTimes.Part.LAYERS,
                () -> progress[i] = begin(prepared, i, training, random.derive(i))));
    List<Outcome> outcomes = finish(prepared, Arrays.asList(progress), training, times);
    double[] losses = new double[objective.outputs().size()];
    for (Outcome outcome : outcomes) {
      for (int o = 0; o < losses.length; o++) {
        losses[o] += outcome.losses().get(o);
      }
      penalty += outcome.penalty();
      totals.addMetrics(outcome.totals());
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
      losses.add(new ShardLoss(network, place.graph(), objective, o, rows, data));
    }
    Workspace workspace = new Workspace(network, place.graph(), rows, trains ? block : null, false);
    Map<String, INDArray> waiting = new TreeMap<>(waitingStates);
    waiting.keySet().removeIf(name -> !name.startsWith(place.prefix()));
    waiting.forEach(
        (name, value) ->
            workspace.states().restore(name.substring(place.prefix().length()), value));
    waitingStates.keySet().removeAll(waiting.keySet());
    return new Shard(workspace, block, losses, new ActivityPenalties(place.graph(), workspace));
  }

  /**
   * The forward pass of a shard, and all the rest as well unless a loss or a metric needs sums over
   * the whole batch.
   */
  private Progress begin(Prepared prepared, int number, boolean training, RandomStream random) {
    Shard shard = prepared.shards().get(number);
    shard.workspace().penalty().belongsTo(prepared.batch().size());
    shard.workspace().forward(training, random);
    int start = prepared.batch().start() + prepared.plan().start(number);
    List<double[]> sums = new ArrayList<>();
    for (ShardLoss loss : shard.losses()) {
      sums.add(loss.read(shard.workspace(), prepared.batch(), start));
    }
    boolean waits = sums.stream().anyMatch(s -> s.length > 0);
    return new Progress(
        sums, waits ? null : finish(shard, sums, prepared.batch().size(), training));
  }

  /** What came of all shards, once their sums are added in the order of the shards. */
  private List<Outcome> finish(
      Prepared prepared, List<@Nullable Progress> progress, boolean training, StepTimes times) {
    List<Outcome> done = new ArrayList<>();
    List<double[]> total = new ArrayList<>();
    for (Progress shard : progress) {
      if (shard == null) {
        throw new IllegalStateException("a shard was left out");
      }
      Outcome outcome = shard.outcome();
      if (outcome != null) {
        done.add(outcome);
      }
      add(shard.sums(), total);
    }
    if (done.size() == prepared.count()) {
      return done;
    }
    if (!done.isEmpty()) {
      throw new IllegalStateException("some shards of a batch are masked, and others are not");
    }
    @Nullable Outcome[] outcomes = new Outcome[prepared.count()];
    workers.run(
        prepared.count(),
        i ->
            times.measure(
                StepTimes.Part.LAYERS,
                () ->
                    outcomes[i] =
                        finish(
                            prepared.shards().get(i), total, prepared.batch().size(), training)));
    for (Outcome outcome : outcomes) {
      if (outcome != null) {
        done.add(outcome);
      }
    }
    return done;
  }

  private static void add(List<double[]> sums, List<double[]> total) {
    for (int o = 0; o < sums.size(); o++) {
      double[] own = sums.get(o);
      if (total.size() <= o) {
        total.add(new double[own.length]);
      }
      for (int i = 0; i < own.length; i++) {
        total.get(o)[i] += own[i];
      }
    }
  }

  private Outcome finish(Shard shard, List<double[]> sums, int batchSize, boolean training) {
    Totals totals = new Totals(objective);
    List<Double> losses = new ArrayList<>();
    int metric = 0;
    for (int o = 0; o < shard.losses().size(); o++) {
      losses.add(shard.losses().get(o).compute(sums.get(o), training, totals, metric));
      metric += objective.outputs().get(o).allMetrics().size();
    }
    double activityPenalty = shard.penalties().value(batchSize);
    if (training) {
      backward(shard, batchSize);
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
