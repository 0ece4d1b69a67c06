package org.rondoml.core.spi;

import java.util.List;
import org.rondoml.api.Shape;

/**
 * What a layer costs a sample.
 *
 * @param forwardFlops floating-point operations of matrix products in the forward pass; the
 *     backward pass takes as many for the parameters and, unless the layer's input needs no
 *     gradient, as many for the input
 * @param inputGradientFlops floating-point operations of the input's gradient
 * @param savedElements elements of memory that a training step takes: what forward keeps for
 *     backward, the outputs, and the gradients
 */
public record Cost(long forwardFlops, long inputGradientFlops, long savedElements) {
  /** A layer that multiplies each sample once by its matrices and keeps its outputs. */
  public static Cost of(List<ParameterSpec> parameters, List<Shape> outputs) {
    long flops =
        parameters.stream()
            .filter(p -> p.shape().rank() > 1)
            .mapToLong(p -> 2 * p.shape().size())
            .sum();
    long elements = outputs.stream().filter(Shape::isKnown).mapToLong(Shape::size).sum();
    return new Cost(flops, flops, elements);
  }
}
