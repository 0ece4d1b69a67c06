package org.rondoml.core.engine;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;
import org.rondoml.api.NamedWeight;
import org.rondoml.api.Precision;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Kernels;
import org.rondoml.core.compute.PackedOperand;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Exporter;

/** A graph with parameters and the kernels that compute it. */
public final class Network {
  private final Graph graph;
  private final Kernels kernels;
  private final ParameterBlock parameters;
  private final PackedWeights packed;
  private final long seed;
  private final Map<List<Shape>, Graph> known = new ConcurrentHashMap<>();

  /**
   * A network with freshly drawn parameters.
   *
   * @param seed decides every random number: first values, dropout, the order of the samples
   */
  public Network(Graph graph, Precision precision, Kernels kernels, long seed) {
    this.graph = graph;
    this.kernels = kernels;
    this.seed = seed;
    this.parameters = new ParameterBlock(graph, precision);
    this.packed = new PackedWeights(kernels);
    parameters.initialize(graph, random("initialize"));
  }

  /** The layers. */
  public Graph graph() {
    return graph;
  }

  /** The layers for samples whose sizes the model leaves open. */
  Graph graph(SampleData data) {
    return known.computeIfAbsent(data.inputShapes(), graph::withInputs);
  }

  /** The format of all arrays. */
  public Precision precision() {
    return parameters.precision();
  }

  /** The library that computes the matrix products. */
  public Kernels kernels() {
    return kernels;
  }

  /**
   * The parameters in the order of Keras' {@code get_weights()}; views. Call {@link
   * #weightsChanged} after writing.
   */
  public List<NamedWeight> weights() {
    return parameters.weights(graph);
  }

  /** Every layer with its weights, as files see them. */
  public List<Exporter.LayerWeights> layerWeights() {
    List<NamedWeight> all = weights();
    return graph.stepsByDepth().stream()
        .map(
            step ->
                new Exporter.LayerWeights(
                    step.node().name(),
                    step.node().className(),
                    all.stream().filter(w -> w.layer().equals(step.node().name())).toList()))
        .toList();
  }

  /** To be called after weights were written from outside: products use copies of them. */
  public void weightsChanged(Workers workers) {
    List<PackedOperand> operands = packed.operands();
    workers.run(operands.size(), i -> operands.get(i).pack());
  }

  /**
   * Puts back all weights from a {@linkplain Checkpoint#weights checkpoint's} block.
   *
   * @throws DataException where it has another number of weights or another precision
   */
  public void restoreWeights(INDArray block, Workers workers) {
    INDArray own = parameters.memory().array();
    if (block.length() != own.length() || block.dataType() != own.dataType()) {
      throw new DataException(
          "found "
              + block.length()
              + " weights of type "
              + block.dataType()
              + ", but the model has "
              + own.length()
              + " of type "
              + own.dataType());
    }
    own.assign(block);
    weightsChanged(workers);
  }

  /** The random stream of a purpose. */
  RandomStream random(String purpose) {
    return RandomStream.of(seed).derive(purpose);
  }

  ParameterBlock parameters() {
    return parameters;
  }

  PackedWeights packed() {
    return packed;
  }
}
