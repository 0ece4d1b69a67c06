package org.rondoml.core.spi;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Shape;

/**
 * Stands for an earlier layer of the model, called again with other inputs: the same parameters.
 */
public interface SharedLayer extends Layer {
  /** The name of the earlier layer. */
  String sharedName();

  @Override
  default List<Shape> outputShapes(List<Shape> inputs) {
    throw new IllegalStateException("the model has the shared layer in its place");
  }

  @Override
  default List<INDArray> forward(LayerContext context, List<INDArray> inputs) {
    throw new IllegalStateException("the model has the shared layer in its place");
  }

  @Override
  default List<INDArray> backward(LayerContext context, List<INDArray> outputGradients) {
    throw new IllegalStateException("the model has the shared layer in its place");
  }
}
