package org.rondoml.tck;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ParameterSpec;

/** A layer that passes everything on to another. */
abstract class DelegatingLayer implements Layer {
  private final Layer layer;

  DelegatingLayer(Layer layer) {
    this.layer = layer;
  }

  @Override
  public final List<Shape> outputShapes(List<Shape> inputs) {
    return layer.outputShapes(inputs);
  }

  @Override
  public final List<ParameterSpec> parameters(List<Shape> inputs) {
    return layer.parameters(inputs);
  }

  @Override
  public final List<@Nullable Mask> outputMasks(LayerContext context, List<INDArray> inputs) {
    return layer.outputMasks(context, inputs);
  }

  @Override
  public final boolean reachesParameter(String parameter, List<Boolean> outputs) {
    return layer.reachesParameter(parameter, outputs);
  }

  @Override
  public final boolean reachesInput(int input, int inputs, List<Boolean> outputs) {
    return layer.reachesInput(input, inputs, outputs);
  }

  @Override
  public final boolean mixesSamples() {
    return layer.mixesSamples();
  }

  @Override
  public final boolean isStateful() {
    return layer.isStateful();
  }

  @Override
  public List<INDArray> forward(LayerContext context, List<INDArray> inputs) {
    return layer.forward(context, inputs);
  }

  @Override
  public List<INDArray> backward(LayerContext context, List<INDArray> outputGradients) {
    return layer.backward(context, outputGradients);
  }
}
