package org.rondoml.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;

/** Fails when the layer writes to what it is handed. */
final class LeavesAlone extends DelegatingLayer {
  LeavesAlone(Layer layer) {
    super(layer);
  }

  @Override
  public List<INDArray> forward(LayerContext context, List<INDArray> inputs) {
    List<INDArray> before = inputs.stream().map(INDArray::dup).toList();
    List<INDArray> outputs = super.forward(context, inputs);
    assertEquals(before, inputs, "forward wrote to its inputs");
    return outputs;
  }

  @Override
  public List<INDArray> backward(LayerContext context, List<INDArray> outputGradients) {
    List<INDArray> before = outputGradients.stream().map(INDArray::dup).toList();
    List<INDArray> gradients = super.backward(context, outputGradients);
    assertEquals(before, outputGradients, "backward wrote to the output gradients");
    return gradients;
  }
}
