package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.DataException;
import org.rondoml.api.UsageException;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.registry.Origin;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerDefectException;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.core.spi.Team;

/**
 * The memory of one shard with a number of rows: a context for every layer and the arrays that flow
 * between them. Made at the first batch of its size and used again at every later one. Belongs to
 * one thread at a time.
 */
final class Workspace {
  private final Graph graph;
  private final int rows;
  private final List<ShardContext> contexts = new ArrayList<>();
  private final List<Memory> inputs = new ArrayList<>();
  private final BatchStates states = new BatchStates();
  private final PassPenalty penalty;
  private final List<List<INDArray>> activations = new ArrayList<>();
  private final List<List<? extends @Nullable Mask>> masks = new ArrayList<>();
  private final List<List<@Nullable INDArray>> outputGradients = new ArrayList<>();

  /**
   * Memory for a shard.
   *
   * @param graph the network's, with all shapes known
   */
  Workspace(
      Network network,
      Graph graph,
      int rows,
      @Nullable ShardGradients gradients,
      boolean inputGradients) {
    this.graph = graph;
    this.rows = rows;
    this.penalty = new PassPenalty(rows);
    boolean[] carries = new boolean[graph.steps().size()];
    for (int i = 0; i < graph.steps().size(); i++) {
      Graph.Step step = graph.steps().get(i);
      List<Boolean> needs = new ArrayList<>();
      carries[i] = step.isInput() ? inputGradients : !step.parameters().isEmpty();
      for (Graph.Source source : step.sources()) {
        needs.add(carries[source.step()]);
        carries[i] |= carries[source.step()];
      }
      contexts.add(
          new ShardContext(
              network,
              i,
              "",
              rows,
              states,
              penalty,
              gradients,
              needs,
              graph.steps().get(i).node().trainable()));
      activations.add(List.of());
      masks.add(List.of());
      outputGradients.add(new ArrayList<>());
      if (step.isInput()) {
        inputs.add(
            Memory.of(
                Nd4j.create(
                    network.precision().dataType(), step.outputShapes().get(0).withBatch(rows))));
      }
    }
  }

  int rows() {
    return rows;
  }

  /** Where the batch's rows of an input are put. */
  Memory input(int index) {
    return inputs.get(index);
  }

  /** What stateful layers keep from batch to batch. */
  BatchStates states() {
    return states;
  }

  /** What layers have added to the loss in the last forward pass. */
  PassPenalty penalty() {
    return penalty;
  }

  /** Sets the mask of an input: null where all of its steps count. */
  void inputMask(int index, @Nullable Mask mask) {
    masks.set(graph.inputs().get(index), Collections.singletonList(mask));
  }

  /** The mask of what a layer put out in the last forward pass; null where everything counts. */
  @Nullable Mask mask(Graph.Source source) {
    List<? extends @Nullable Mask> ofOutputs = masks.get(source.step());
    return source.output() < ofOutputs.size() ? ofOutputs.get(source.output()) : null;
  }

  ShardContext context(int step) {
    return contexts.get(step);
  }

  /**
   * Computes all layers.
   *
   * @param random the stream of (seed, step of training, shard)
   */
  void forward(boolean training, RandomStream random) {
    forward(training, random, Team.SOLO);
  }

  /** The same by several threads, where layers can use them. */
  void forward(boolean training, RandomStream random, Team team) {
    List<Graph.Step> steps = graph.steps();
    penalty.begin();
    int input = 0;
    for (int i = 0; i < steps.size(); i++) {
      Graph.Step step = steps.get(i);
      if (step.isInput()) {
        activations.set(i, List.of(inputs.get(input++).array()));
        continue;
      }
      List<INDArray> in = new ArrayList<>(step.sources().size());
      for (Graph.Source source : step.sources()) {
        in.add(activations.get(source.step()).get(source.output()));
      }
      ShardContext context = contexts.get(i);
      context.begin(
          training, random.derive(i), team, step.sources().stream().map(this::mask).toList());
      try {
        activations.set(i, step.node().layer().forward(context, in));
        masks.set(i, step.node().layer().outputMasks(context, in));
      } catch (ShapeMismatchException e) {
        // Which inputs have masks, and of what shape, is not known before.
        throw new DataException("layer '" + step.node().name() + "': " + e.getMessage(), e);
      } catch (LayerDefectException e) {
        throw defect(step, e);
      }
    }
  }

  /** What a layer put out in the last forward pass. */
  INDArray activation(Graph.Source source) {
    return activations.get(source.step()).get(source.output());
  }

  /** Forgets the gradients of the last backward pass. */
  void beginBackward() {
    for (int i = 0; i < outputGradients.size(); i++) {
      List<@Nullable INDArray> gradients = outputGradients.get(i);
      gradients.clear();
      for (int o = 0; o < activations.get(i).size(); o++) {
        gradients.add(null);
      }
    }
  }

  /** Adds to the gradient of a layer's output. */
  void addGradient(Graph.Source source, INDArray gradient) {
    List<@Nullable INDArray> gradients = outputGradients.get(source.step());
    INDArray present = gradients.get(source.output());
    gradients.set(source.output(), present == null ? gradient : present.add(gradient));
  }

  /** The gradient of an input, after a backward pass of a workspace made for input gradients. */
  INDArray inputGradient(int index) {
    int step = graph.inputs().get(index);
    INDArray gradient = outputGradients.get(step).get(0);
    return gradient != null ? gradient : inputs.get(index).array().like();
  }

  /**
   * Goes back through all layers from the gradients added.
   *
   * @param logitsGradients for each step the gradient by what went into its output activation, or
   *     null; it adds to the gradients of what the step puts out
   */
  void backward(@Nullable INDArray[] logitsGradients) {
    List<Graph.Step> steps = graph.steps();
    for (int i = steps.size() - 1; i >= 0; i--) {
      Graph.Step step = steps.get(i);
      if (step.isInput() || !isReached(i, logitsGradients)) {
        continue;
      }
      try {
        backward(i, logitsGradients[i]);
      } catch (LayerDefectException e) {
        throw defect(step, e);
      }
    }
  }

  private void backward(int i, @Nullable INDArray logitsGradient) {
    Layer layer = graph.steps().get(i).node().layer();
    boolean both = logitsGradient != null && hasGradient(i);
    if (logitsGradient != null) {
      List<INDArray> gradients = layer.backwardFromLogits(contexts.get(i), logitsGradient);
      // The second way back may use the memory of the first again.
      passOn(i, both ? gradients.stream().map(INDArray::dup).toList() : gradients);
    }
    if (logitsGradient == null || both) {
      passOn(i, layer.backward(contexts.get(i), complete(i)));
    }
  }

  /** A mistake of a layer's, for those who can do nothing but tell whoever wrote it. */
  private static UsageException defect(Graph.Step step, LayerDefectException e) {
    return new UsageException(
        "layer '"
            + step.node().name()
            + "': a defect in "
            + e.layer().getName()
            + " of "
            + Origin.of(e.layer())
            + ": "
            + e.getMessage(),
        e);
  }

  private void passOn(int step, List<INDArray> inputGradients) {
    List<Graph.Source> sources = graph.steps().get(step).sources();
    for (int s = 0; s < inputGradients.size(); s++) {
      if (contexts.get(step).needsInputGradient(s)) {
        addGradient(sources.get(s), inputGradients.get(s));
      }
    }
  }

  private boolean isReached(int step, @Nullable INDArray[] logitsGradients) {
    return logitsGradients[step] != null || hasGradient(step);
  }

  private boolean hasGradient(int step) {
    return outputGradients.get(step).stream().anyMatch(g -> g != null);
  }

  /** The gradients of a layer's outputs, zeros for those that nothing depends on. */
  private List<INDArray> complete(int step) {
    List<INDArray> all = new ArrayList<>();
    for (int o = 0; o < activations.get(step).size(); o++) {
      INDArray gradient = outputGradients.get(step).get(o);
      all.add(gradient != null ? gradient : activations.get(step).get(o).like());
    }
    return all;
  }
}
