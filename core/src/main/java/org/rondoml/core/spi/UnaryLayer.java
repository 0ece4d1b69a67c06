package org.rondoml.core.spi;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Shape;

/** A layer with one input and one output. */
public interface UnaryLayer extends Layer {
  /**
   * The shape of the output for the shape of the input.
   *
   * @throws ShapeMismatchException where the input doesn't fit
   */
  Shape outputShape(Shape input);

  /** The parameters for the shape of the input. */
  default List<ParameterSpec> parameters(Shape input) {
    return List.of();
  }

  /** Computes the output; see {@link Layer#forward(LayerContext, List)}. */
  INDArray forward(LayerContext context, INDArray input);

  /** Computes the input's gradient; see {@link Layer#backward(LayerContext, List)}. */
  INDArray backward(LayerContext context, INDArray outputGradient);

  @Override
  default List<Shape> outputShapes(List<Shape> inputs) {
    return List.of(outputShape(only(inputs)));
  }

  @Override
  default List<ParameterSpec> parameters(List<Shape> inputs) {
    return parameters(only(inputs));
  }

  @Override
  default List<INDArray> forward(LayerContext context, List<INDArray> inputs) {
    return List.of(forward(context, inputs.get(0)));
  }

  @Override
  default List<INDArray> backward(LayerContext context, List<INDArray> outputGradients) {
    return List.of(backward(context, outputGradients.get(0)));
  }

  private static Shape only(List<Shape> inputs) {
    if (inputs.size() != 1) {
      throw new ShapeMismatchException(
          "takes one input, found "
              + inputs.size()
              + ": join them first, for example with Concatenate");
    }
    return inputs.get(0);
  }
}
