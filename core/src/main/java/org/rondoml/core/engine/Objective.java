package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.List;
import org.rondoml.api.Shape;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.ShapeMismatchException;

/**
 * What training makes small and what it logs: a loss and metrics for each output, and the penalties
 * of parameters and layers.
 *
 * @param outputs in the order of the model's outputs
 * @param penalizesFrozen whether the penalties of parameters that training doesn't change count:
 *     they did before Keras 3
 */
public record Objective(List<Output> outputs, boolean penalizesFrozen) {
  /** Copies the list. */
  public Objective {
    outputs = List.copyOf(outputs);
  }

  /** An objective that leaves out the penalties of frozen parameters. */
  public Objective(List<Output> outputs) {
    this(outputs, false);
  }

  /**
   * Loss and metrics of one output.
   *
   * @param name the name of the output's layer
   * @param loss the loss
   * @param weight its weight in the sum of losses
   * @param metrics the metrics
   */
  public record Output(String name, Loss loss, double weight, List<Metric> metrics) {
    /** Copies the list. */
    public Output {
      metrics = List.copyOf(metrics);
    }
  }

  /**
   * This objective for a graph and data: metrics are chosen by shapes, and everything is checked.
   *
   * @throws ShapeMismatchException where targets don't fit the outputs
   */
  public Objective resolve(Graph graph, SampleData data) {
    List<Output> resolved = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Output output = outputs.get(i);
      Shape shape = graph.outputShapes().get(i);
      Shape target = data.targetShape(i);
      resolved.add(
          new Output(
              output.name(),
              output.loss().resolve(target, shape),
              output.weight(),
              output.metrics().stream()
                  .map(m -> m.resolve(target, shape, output.loss()))
                  .toList()));
    }
    return new Objective(resolved, penalizesFrozen);
  }

  /**
   * The names that an epoch logs before validation: {@code loss}, then the metrics'. With several
   * outputs, as in Keras, each one's loss, without its weight, as {@code <output>_loss} and its
   * metrics as {@code <output>_<metric>}.
   */
  public List<String> logNames() {
    List<String> names = new ArrayList<>(List.of("loss"));
    if (outputs.size() == 1) {
      outputs.get(0).metrics().forEach(m -> names.add(m.name()));
    } else {
      outputs.forEach(o -> names.add(o.name() + "_loss"));
      outputs.forEach(o -> o.metrics().forEach(m -> names.add(o.name() + "_" + m.name())));
    }
    return names;
  }

  /** The sum of the outputs' losses, each with its weight. */
  double weigh(double[] losses) {
    double sum = 0;
    for (int o = 0; o < losses.length; o++) {
      sum += outputs.get(o).weight() * losses[o];
    }
    return sum;
  }

  /**
   * How the loss of an output reads it: from what went into its activation where that is possible.
   */
  static boolean readsLogits(Output output, Graph graph, Graph.Source source) {
    return logitsLoss(output, graph, source) != output.loss();
  }

  /** The loss to compute for an output: its form from logits where there is one. */
  static Loss logitsLoss(Output output, Graph graph, Graph.Source source) {
    return graph
        .steps()
        .get(source.step())
        .node()
        .layer()
        .outputActivation()
        .map(Activation::link)
        .flatMap(output.loss()::fromLogits)
        .orElse(output.loss());
  }
}
