package org.rondoml.dsl.summary;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Precision;
import org.rondoml.api.Shape;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.spi.Cost;
import org.rondoml.dsl.specification.Compilation;
import org.rondoml.dsl.specification.Specification;

/**
 * What a model is and costs.
 *
 * @param name the model's name
 * @param semantics whose defaults and arithmetic
 * @param precision the floating-point format
 * @param layers the layers in order
 * @param parameters elements of all parameters
 * @param trainableParameters those that training changes
 * @param forwardFlops floating-point operations of the matrix products of a sample's forward pass
 * @param trainingFlops the same of a sample's training: forward, and backward to all parameters
 * @param batchSize samples a step
 * @param stepBytes memory of a training step: parameters, optimizer slots, gradients, activations,
 *     and the copies that products are computed with
 */
public record ModelSummary(
    String name,
    String semantics,
    String precision,
    List<Layer> layers,
    long parameters,
    long trainableParameters,
    long forwardFlops,
    long trainingFlops,
    int batchSize,
    long stepBytes) {
  /** Copies the list. */
  public ModelSummary {
    layers = List.copyOf(layers);
  }

  /**
   * A layer.
   *
   * @param name its name
   * @param type its class
   * @param outputShapes the shapes of its outputs, batch axis first; null for a size only the data
   *     tells
   * @param parameters elements of its parameters
   * @param forwardFlops operations of a sample's forward pass
   * @param trainingFlops operations of a sample's training
   */
  public record Layer(
      String name,
      String type,
      List<List<@Nullable Long>> outputShapes,
      long parameters,
      long forwardFlops,
      long trainingFlops) {}

  /** The summary of a model; no native code is loaded. */
  public static ModelSummary of(Specification specification) {
    Graph graph = specification.requireGraph();
    int batchSize = specification.fit().batchSize();
    boolean[] carriesGradient = carriesGradient(graph);
    List<Layer> layers = new ArrayList<>();
    long trainable = 0;
    long saved = 0;
    long matrices = 0;
    // As oneDNN does in single precision: a copy of each matrix of weights for either direction.
    boolean packs = specification.precision() == Precision.FLOAT32;
    for (Graph.Step step : graph.steps()) {
      Cost cost = step.cost();
      layers.add(layer(step, cost, carriesGradient));
      saved += cost.savedElements();
      matrices += step.node().trainable() ? matrices(step) : 0;
      trainable += step.node().trainable() ? step.parameterCount() : 0;
    }
    for (Shape input : graph.inputShapes()) {
      saved += input.isKnown() ? input.size() : 0;
    }
    Compilation compilation = specification.compilation();
    long kept = compilation == null ? 0 : compilation.optimization().keptElements(graph);
    long elements =
        graph.parameterCount() + trainable + kept + (packs ? 2 * matrices : 0) + saved * batchSize;
    return new ModelSummary(
        specification.name(),
        specification.semantics().toString(),
        specification.precision().toString(),
        layers,
        graph.parameterCount(),
        trainable,
        layers.stream().mapToLong(Layer::forwardFlops).sum(),
        layers.stream().mapToLong(Layer::trainingFlops).sum(),
        batchSize,
        elements * specification.precision().bytes());
  }

  private static Layer layer(Graph.Step step, Cost cost, boolean[] carriesGradient) {
    boolean inputNeedsGradient =
        step.sources().stream().anyMatch(source -> carriesGradient[source.step()]);
    // Every product of the forward pass has two in the backward pass, one for each factor; the one
    // for the layer's input is left out where nothing before it learns.
    long training = 3 * cost.forwardFlops() - (inputNeedsGradient ? 0 : cost.inputGradientFlops());
    return new Layer(
        step.node().name(),
        step.node().className(),
        step.outputShapes().stream().map(ModelSummary::withBatch).toList(),
        step.parameterCount(),
        cost.forwardFlops(),
        training);
  }

  /** The elements of a layer's matrices. */
  private static long matrices(Graph.Step step) {
    return step.parameters().stream()
        .filter(p -> p.shape().rank() > 1)
        .mapToLong(p -> p.shape().size())
        .sum();
  }

  /** For each step whether it or anything before it has parameters. */
  private static boolean[] carriesGradient(Graph graph) {
    boolean[] carries = new boolean[graph.steps().size()];
    for (int i = 0; i < carries.length; i++) {
      Graph.Step step = graph.steps().get(i);
      carries[i] =
          !step.parameters().isEmpty()
              || step.sources().stream().anyMatch(source -> carries[source.step()]);
    }
    return carries;
  }

  private static List<@Nullable Long> withBatch(Shape shape) {
    List<@Nullable Long> dimensions = new ArrayList<>();
    dimensions.add(null);
    shape.dimensions().forEach(d -> dimensions.add(d == Shape.UNKNOWN ? null : d));
    return dimensions;
  }
}
