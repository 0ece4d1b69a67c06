package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.NamedWeight;
import org.rondoml.api.Precision;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Kernels;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.graph.LayerNode;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.InputLayer;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Mask;

/** Runs a single layer, for those who test layers or look into them. */
public final class LayerRunner {
  private static final String NAME = "layer";

  private final Network network;
  private final Workers workers = new Workers(1);
  private final ShardGradients gradients;
  private final Memory sums;
  private final List<GradientBlock> blocks;
  private final Workspace workspace;
  private final int outputs;

  private record Fed(Shape shape) implements InputLayer {}

  /**
   * What a backward pass found.
   *
   * @param inputs the gradient of each input
   * @param parameters the gradient of each parameter that is trained, by name
   */
  public record LayerGradients(List<INDArray> inputs, Map<String, INDArray> parameters) {}

  /**
   * A layer with freshly drawn parameters.
   *
   * @param inputs the shapes of its inputs
   * @param batchSize the number of samples
   */
  public LayerRunner(
      Layer layer,
      List<Shape> inputs,
      int batchSize,
      Precision precision,
      Kernels kernels,
      long seed) {
    List<LayerNode> nodes = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      names.add("input" + i);
      nodes.add(new LayerNode("input" + i, "Input", new Fed(inputs.get(i)), true, List.of()));
    }
    nodes.add(new LayerNode(NAME, layer.getClass().getSimpleName(), layer, true, names));
    Graph graph = Graph.of(nodes, List.of());
    network = new Network(graph, precision, kernels, seed);
    gradients = new ShardGradients();
    ParameterBlock parameters = network.parameters();
    sums = Memory.of(Nd4j.create(precision.dataType(), Math.max(1, parameters.trainableLength())));
    blocks = GradientBlock.of(kernels, parameters, sums);
    workspace = new Workspace(network, graph, batchSize, gradients, true);
    outputs = graph.steps().get(inputs.size()).outputShapes().size();
  }

  /** A parameter; to be written to before {@link #forward}. */
  public INDArray parameter(String name) {
    return network.weights().stream()
        .filter(w -> w.name().equals(name))
        .map(NamedWeight::value)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no parameter '" + name + "'"));
  }

  /** The names of the parameters, in order. */
  public List<String> parameterNames() {
    return network.weights().stream().map(NamedWeight::name).toList();
  }

  /** The names of the parameters that are trained, in order. */
  public List<String> trainedParameterNames() {
    return network.parameters().entries().stream()
        .filter(ParameterBlock.Entry::trainable)
        .map(entry -> entry.spec().name())
        .toList();
  }

  /** The mask of each output after the last forward pass; null where everything counts. */
  public List<@Nullable Mask> outputMasks() {
    List<@Nullable Mask> masks = new ArrayList<>();
    for (int o = 0; o < outputs; o++) {
      masks.add(workspace.mask(new Graph.Source(network.graph().inputs().size(), o)));
    }
    return masks;
  }

  /** What the layer has left as the {@linkplain LayerContext#next next value} of a parameter. */
  public INDArray nextValue(String parameter) {
    int step = network.graph().inputs().size();
    return network.parameters().latest(network.parameters().entry(step, parameter)).array();
  }

  /** Begins an evaluation: a stateful layer starts from zeros. */
  public void beginEvaluation() {
    workspace.states().resetEvaluation();
  }

  /** Computes the layer where all steps of the inputs count. */
  public List<INDArray> forward(List<INDArray> inputs, boolean training, long step) {
    return forward(inputs, List.of(), training, step);
  }

  /**
   * Computes the layer.
   *
   * @param inputs arrays of shape (batch, ...)
   * @param masks the inputs' masks, null or absent where all steps count
   * @param step decides the random numbers
   * @return copies of the outputs
   */
  public List<INDArray> forward(
      List<INDArray> inputs, List<? extends @Nullable Mask> masks, boolean training, long step) {
    for (int i = 0; i < inputs.size(); i++) {
      workspace.inputMask(i, i < masks.size() ? masks.get(i) : null);
      workspace.input(i).array().assign(inputs.get(i));
    }
    network.weightsChanged(workers);
    network.parameters().dropNext();
    workspace.forward(training, RandomStream.of(step));
    List<INDArray> results = new ArrayList<>();
    for (int o = 0; o < outputs; o++) {
      results.add(workspace.activation(new Graph.Source(inputs.size(), o)).dup('c'));
    }
    return results;
  }

  /**
   * Goes back from the gradients of the outputs, after {@link #forward}; null for an output that
   * nothing depends on.
   */
  public LayerGradients backward(List<? extends @Nullable INDArray> outputGradients) {
    int step = network.graph().inputs().size();
    gradients.begin();
    workspace.beginBackward();
    for (int o = 0; o < outputGradients.size(); o++) {
      INDArray gradient = outputGradients.get(o);
      if (gradient != null) {
        workspace.addGradient(new Graph.Source(step, o), gradient);
      }
    }
    workspace.backward(new INDArray[step + 1]);
    List<INDArray> inputs = new ArrayList<>();
    for (int i = 0; i < step; i++) {
      inputs.add(workspace.inputGradient(i).dup('c'));
    }
    Map<String, INDArray> parameters = new LinkedHashMap<>();
    blocks.forEach(block -> block.compute(List.of(gradients)));
    for (ParameterBlock.Entry entry : network.parameters().entries()) {
      if (!entry.trainable()) {
        continue;
      }
      INDArray gradient = ParameterBlock.view(sums.array(), entry.offset(), entry.spec());
      parameters.put(entry.spec().name(), gradient.dup('c'));
    }
    return new LayerGradients(inputs, parameters);
  }
}
