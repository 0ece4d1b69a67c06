package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.spi.Regularizer;

/**
 * The penalties on what layers put out, on one shard: of each output the regularizer's value
 * divided by the size of the batch, at every call of a layer.
 *
 * <p>Source: Keras, {@code Layer.__call__} in {@code keras/src/layers/layer.py}.
 */
final class ActivityPenalties {
  private final Workspace workspace;
  private final List<Penalized> outputs = new ArrayList<>();

  private record Penalized(Graph.Source source, Regularizer regularizer) {}

  ActivityPenalties(Graph graph, Workspace workspace) {
    this.workspace = workspace;
    for (int step = 0; step < graph.steps().size(); step++) {
      Graph.Step layer = graph.steps().get(step);
      for (int output = 0; output < layer.outputShapes().size(); output++) {
        Graph.Source source = new Graph.Source(step, output);
        layer
            .node()
            .layer()
            .activityRegularizer()
            .ifPresent(regularizer -> outputs.add(new Penalized(source, regularizer)));
      }
    }
  }

  /** The penalties of the last forward pass, and what layers added themselves. */
  double value(int batchSize) {
    double sum = workspace.penalty().sum();
    for (Penalized output : outputs) {
      sum += output.regularizer().penalty(values(output.source())) / batchSize;
    }
    return sum;
  }

  /** Adds the gradients of the penalties to those of the layers' outputs. */
  void addGradients(int batchSize) {
    for (Penalized output : outputs) {
      Graph.Source source = output.source();
      ShardContext context = workspace.context(source.step());
      Memory values = values(source);
      INDArray gradient = context.scratchLike(key(source) + " gradient", values.array());
      Memory memory = context.dense(key(source) + " gradient", gradient);
      memory.clear();
      output.regularizer().addGradient(values, 1.0 / batchSize, memory, 0);
      workspace.addGradient(source, gradient);
    }
  }

  private Memory values(Graph.Source source) {
    return workspace.context(source.step()).dense(key(source), workspace.activation(source));
  }

  private static String key(Graph.Source source) {
    return "activity of output " + source.output();
  }
}
