package org.rondoml.core.spi;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Shape;

/** Where data enters the graph. The engine feeds it; it computes nothing. */
public interface InputLayer extends Layer {
  /** The shape of a sample. */
  Shape shape();

  @Override
  default List<Shape> outputShapes(List<Shape> inputs) {
    return List.of(shape());
  }

  @Override
  default Cost cost(List<Shape> inputs) {
    return new Cost(0, 0, 0);
  }

  @Override
  default List<INDArray> forward(LayerContext context, List<INDArray> inputs) {
    throw new IllegalStateException("an input is fed by the engine");
  }

  @Override
  default List<INDArray> backward(LayerContext context, List<INDArray> outputGradients) {
    throw new IllegalStateException("an input is fed by the engine");
  }
}
