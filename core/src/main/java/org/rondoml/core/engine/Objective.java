package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.List;
import org.rondoml.api.DataException;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.Reduction;
import org.rondoml.core.spi.Scope;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.core.spi.SideBySide;

/**
 * What training makes small and what it logs: a loss and metrics for each output, and the penalties
 * of parameters and layers.
 *
 * @param outputs in the order of the model's outputs
 * @param semantics whose rules for weights, masks and names
 * @param metricNames the names of the metrics' figures in the log: output by output, first the
 *     metrics, then the weighted ones
 */
public record Objective(List<Output> outputs, Semantics semantics, List<String> metricNames) {
  /** Copies the lists. */
  public Objective {
    outputs = List.copyOf(outputs);
    metricNames = List.copyOf(metricNames);
  }

  /** An objective of metrics with one figure, which have the names that their generation gives. */
  public Objective(List<Output> outputs, Semantics semantics) {
    this(outputs, semantics, LogNames.of(outputs, semantics, List.of()));
  }

  /**
   * An objective whose metrics have the names that their generation gives them.
   *
   * @param shapes the shapes of the outputs
   * @throws ShapeMismatchException where a metric has a figure for each class, and their number
   *     isn't known
   */
  public static Objective of(List<Output> outputs, Semantics semantics, List<Shape> shapes) {
    return new Objective(outputs, semantics, LogNames.of(outputs, semantics, shapes));
  }

  /** An objective of Keras 3. */
  public Objective(List<Output> outputs) {
    this(outputs, Semantics.KERAS3);
  }

  /**
   * Whether the penalties of parameters that training doesn't change count: they did before Keras
   * 3.
   */
  boolean penalizesFrozen() {
    return semantics != Semantics.KERAS3;
  }

  /**
   * Loss and metrics of one output.
   *
   * @param name the name of the output's layer
   * @param loss the loss
   * @param reduction how the losses of a batch become one number
   * @param weight its weight in the sum of losses
   * @param metrics the metrics that take all samples alike
   * @param weightedMetrics the metrics that take samples with their weights
   */
  public record Output(
      String name,
      Loss loss,
      Reduction reduction,
      double weight,
      List<Metric> metrics,
      List<Metric> weightedMetrics) {
    /** Copies the lists. */
    public Output {
      metrics = List.copyOf(metrics);
      weightedMetrics = List.copyOf(weightedMetrics);
    }

    /** An output with a mean of losses, and no weighted metrics. */
    public Output(String name, Loss loss, double weight, List<Metric> metrics) {
      this(name, loss, Reduction.SUM_OVER_BATCH_SIZE, weight, metrics, List.of());
    }

    /** All metrics: first those that take all samples alike. */
    List<Metric> allMetrics() {
      List<Metric> all = new ArrayList<>(metrics);
      all.addAll(weightedMetrics);
      return all;
    }
  }

  /**
   * This objective for a graph and data: metrics are chosen by shapes, and everything is checked.
   *
   * @throws ShapeMismatchException where targets don't fit the outputs
   * @throws DataException where there are not as many weights as losses, or a target is none
   */
  public Objective resolve(Graph graph, SampleData data) {
    List<Shape> shapes = graph.withInputs(data.inputShapes()).outputShapes();
    List<Output> resolved = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Output output = outputs.get(i);
      Shape shape = shapes.get(i);
      Shape target = data.targetShape(i);
      Loss loss = output.loss().resolve(target, shape);
      data.checkTargets(i, loss, shape);
      requireWeights(output, losses(loss, target, shape), data);
      resolved.add(
          new Output(
              output.name(),
              loss,
              output.reduction(),
              output.weight(),
              resolve(output.metrics(), target, shape, loss),
              resolve(output.weightedMetrics(), target, shape, loss)));
    }
    return new Objective(resolved, semantics, metricNames);
  }

  private static List<Metric> resolve(List<Metric> metrics, Shape target, Shape output, Loss loss) {
    return metrics.stream().map(m -> m.resolve(target, output, loss)).toList();
  }

  private void requireWeights(Output output, Shape losses, SampleData data) {
    SampleWeights weights = data.weights();
    if (weights == null) {
      return;
    }
    if (semantics == Semantics.KERAS3 && outputs.size() > 1 && weights.positions() > 1) {
      throw new DataException(
          data.origin()
              + ": sample_weight has numbers of shape "
              + weights.shape()
              + " a sample, but a model with several outputs takes one weight a sample: expected"
              + " the shape (samples)");
    }
    weights.require(losses, output.name(), semantics, data.origin());
  }

  /** The shape of a sample's losses: () for one, (steps) for one a step. */
  static Shape losses(Loss loss, Shape target, Shape output) {
    if (loss.scope() != Scope.ROW) {
      return Shape.of();
    }
    List<Long> dimensions = new ArrayList<>(SideBySide.of(target, output).shape().dimensions());
    dimensions.remove(dimensions.size() + loss.rowAxis());
    return new Shape(dimensions);
  }

  /**
   * The names that an epoch logs before validation: {@code loss}, then the metrics'. With several
   * outputs, as in Keras, each one's loss, without its weight, as {@code <output>_loss} and its
   * metrics as {@code <output>_<metric>}.
   */
  public List<String> logNames() {
    List<String> names = new ArrayList<>(List.of("loss"));
    if (outputs.size() > 1) {
      outputs.forEach(o -> names.add(o.name() + "_loss"));
    }
    names.addAll(metricNames);
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
}
