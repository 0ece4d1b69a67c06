package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.ParameterSpec;

/**
 * Which parameters the loss depends on. Found from the graph alone, and not from the gradients that
 * layers add, so it is the same at every step: a gradient that happens to be zero is one.
 */
final class GradientPaths {
  private final Graph graph;
  private final List<List<Boolean>> outputs = new ArrayList<>();

  GradientPaths(Graph graph) {
    this.graph = graph;
    for (Graph.Step step : graph.steps()) {
      boolean penalized = step.node().layer().activityRegularizer().isPresent();
      outputs.add(new ArrayList<>(Collections.nCopies(step.outputShapes().size(), penalized)));
    }
    graph.outputs().forEach(this::reach);
    for (int i = outputs.size() - 1; i >= 0; i--) {
      if (isReached(i)) {
        passOn(graph.steps().get(i), outputs.get(i));
      }
    }
  }

  private void reach(Graph.Source source) {
    outputs.get(source.step()).set(source.output(), true);
  }

  private boolean isReached(int step) {
    return outputs.get(step).contains(true);
  }

  private void passOn(Graph.Step step, List<Boolean> ofStep) {
    Layer layer = step.node().layer();
    int inputs = step.sources().size();
    for (int input = 0; input < inputs; input++) {
      if (layer.reachesInput(input, inputs, ofStep)) {
        reach(step.sources().get(input));
      }
    }
  }

  /**
   * Whether the loss depends on a parameter, by its penalty or by any call of its layer.
   *
   * @param owner the step whose parameter it is
   */
  boolean reach(int owner, ParameterSpec parameter) {
    if (parameter.regularizer() != null) {
      return true;
    }
    for (int i = owner; i < outputs.size(); i++) {
      Graph.Step step = graph.steps().get(i);
      if (step.owner() == owner
          && isReached(i)
          && step.node().layer().reachesParameter(parameter.name(), outputs.get(i))) {
        return true;
      }
    }
    return false;
  }
}
