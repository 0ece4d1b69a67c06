package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.AxisOrder;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.random.Permutation;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Team;

/** Computes outputs for samples; keeps nothing for a backward pass. */
public final class Predictor {
  private final Network network;
  private final Workers workers;
  private final Team team;
  private final Map<Place, Workspace> workspaces = new HashMap<>();

  private record Place(Graph graph, int shard, int rows) {}

  /** A predictor of a network. */
  public Predictor(Network network, Workers workers) {
    this.network = network;
    this.workers = workers;
    this.team = WorkerTeam.of(workers);
  }

  /**
   * The model's outputs for all samples: arrays of shape (samples, ...) in the order of the
   * outputs.
   */
  public List<INDArray> predict(SampleData data, int batchSize) {
    WholeBatches.require(network.graph(), data, batchSize);
    workspaces.values().forEach(workspace -> workspace.states().resetEvaluation());
    Graph graph = network.graph(data);
    List<Memory> results = new ArrayList<>();
    for (Shape shape : graph.outputShapes()) {
      results.add(
          Memory.of(
              Nd4j.createUninitialized(
                  network.precision().dataType(), shape.withBatch(data.size()))));
    }
    int[] order = Permutation.identity(data.size());
    for (int start = 0; start < data.size(); start += batchSize) {
      ShardPlan plan = ShardPlan.of(network.graph(), Math.min(batchSize, data.size() - start));
      int first = start;
      List<Workspace> batch = new ArrayList<>();
      for (int i = 0; i < plan.shards(); i++) {
        batch.add(
            workspaces.computeIfAbsent(
                new Place(graph, i, plan.rows(i)),
                place -> new Workspace(network, graph, place.rows(), null, false)));
      }
      if (plan.shards() == 1) {
        compute(batch.get(0), data, order, first, results, team);
      } else {
        workers.run(
            plan.shards(),
            i -> compute(batch.get(i), data, order, first + plan.start(i), results, Team.SOLO));
      }
    }
    return results.stream().map(Memory::array).toList();
  }

  private void compute(
      Workspace workspace,
      SampleData data,
      int[] order,
      int start,
      List<Memory> results,
      Team threads) {
    int rows = workspace.rows();
    for (int i = 0; i < network.graph().inputs().size(); i++) {
      data.gatherInput(i, order, start, rows, workspace.input(i));
    }
    workspace.forward(false, RandomStream.of(0), threads);
    for (int o = 0; o < results.size(); o++) {
      INDArray found = workspace.activation(network.graph().outputs().get(o));
      Memory result = results.get(o);
      if (AxisOrder.isRowMajor(found)) {
        long length = found.length();
        result.copyFrom(Memory.of(found), 0, start * (length / rows), length);
      } else {
        result.array().get(NDArrayIndex.interval(start, start + rows)).assign(found);
      }
    }
  }
}
