package org.rondoml.tck;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;

/**
 * Hands a layer its inputs with the first two axes swapped in memory, and its output gradients as
 * well if asked to.
 */
final class TimeMajor extends DelegatingLayer {
  private final boolean gradientsToo;

  TimeMajor(Layer layer, boolean gradientsToo) {
    super(layer);
    this.gradientsToo = gradientsToo;
  }

  @Override
  public List<INDArray> forward(LayerContext context, List<INDArray> inputs) {
    return super.forward(context, inputs.stream().map(TimeMajor::swapped).toList());
  }

  @Override
  public List<INDArray> backward(LayerContext context, List<INDArray> outputGradients) {
    return super.backward(
        context,
        gradientsToo ? outputGradients.stream().map(TimeMajor::swapped).toList() : outputGradients);
  }

  private static INDArray swapped(INDArray array) {
    return array.rank() < 3 ? array : array.swapAxes(0, 1).dup('c').swapAxes(0, 1);
  }
}
