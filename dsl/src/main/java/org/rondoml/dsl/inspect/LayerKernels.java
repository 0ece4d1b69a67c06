package org.rondoml.dsl.inspect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.KernelSelection;
import org.rondoml.core.compute.Kernels;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.engine.ShardPlan;
import org.rondoml.core.graph.Graph;

/**
 * What computes the matrix products of a layer.
 *
 * @param layer the layer's name
 * @param type its class
 * @param kernels the library; empty for a layer without products
 * @param why why this library, and where another would be faster, what would lift it
 */
public record LayerKernels(String layer, String type, String kernels, String why) {
  private static final long ENOUGH = 100;
  private static final String NO_PRODUCTS = "no matrix products";

  /**
   * The libraries of all layers that have parameters or products, in the order of the layers; a
   * layer whose products several libraries compute is there once for each.
   *
   * <p>Which products a layer has only the layer knows. So each is run alone, forward and backward,
   * on zeros, as training would run it on the first shard of a batch.
   */
  public static List<LayerKernels> of(
      Graph graph, Precision precision, KernelSelection selection, int batchSize) {
    Kernels kernels = selection.kernels(precision);
    int rows = ShardPlan.of(graph, batchSize).rows(0);
    List<LayerKernels> all = new ArrayList<>();
    for (Graph.Step step : graph.steps()) {
      if (step.isInput()) {
        continue;
      }
      Map<String, KernelSelection.Choice> choices = new LinkedHashMap<>();
      for (Gemm gemm : products(step, precision, kernels, rows)) {
        KernelSelection.Choice choice = selection.choice(gemm);
        choices.putIfAbsent(choice.kernels().name(), choice);
      }
      choices.forEach((name, choice) -> all.add(of(step, name, choice.reason())));
      if (choices.isEmpty() && !step.parameters().isEmpty()) {
        all.add(of(step, "", NO_PRODUCTS));
      }
    }
    return all;
  }

  private static LayerKernels of(Graph.Step step, String kernels, String why) {
    return new LayerKernels(step.node().name(), step.node().className(), kernels, why);
  }

  private static List<Gemm> products(
      Graph.Step step, Precision precision, Kernels kernels, int rows) {
    NotedKernels noted = new NotedKernels(kernels);
    List<Shape> shapes = step.inputShapes().stream().map(LayerKernels::known).toList();
    LayerRunner layer = new LayerRunner(step.node().layer(), shapes, rows, precision, noted, 0);
    List<INDArray> outputs =
        layer.forward(
            shapes.stream()
                .map(shape -> Nd4j.zeros(precision.dataType(), shape.withBatch(rows)))
                .toList(),
            true,
            0);
    layer.backward(outputs.stream().map(INDArray::like).toList());
    return noted.planned();
  }

  /**
   * With a number of time steps, or of whatever only the data tells, that windows of convolutions
   * and pooling fit on.
   */
  private static Shape known(Shape shape) {
    return new Shape(
        shape.dimensions().stream().map(d -> d == Shape.UNKNOWN ? ENOUGH : d).toList());
  }
}
