package org.rondoml.standard.layers;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.spi.LayerContext;

/**
 * Shows the elements of samples, in row-major order, in another shape, and their gradients in the
 * first one. Only what doesn't lie in that order is copied.
 */
public final class Reshaping {
  private final String name;
  private final View output = new View();
  private final View inputGradient = new View();
  private long[] inputShape = {};

  private Reshaping(String name) {
    this.name = name;
  }

  /**
   * That of a layer.
   *
   * @param name its name among others of the layer
   */
  public static Reshaping of(LayerContext context, String name) {
    return context.plan(name + " (reshaping)", Reshaping.class, () -> new Reshaping(name));
  }

  /** An array in another shape; one size may be -1 for whatever is left. */
  public INDArray forward(LayerContext context, INDArray input, long... shape) {
    inputShape = input.shape();
    INDArray rowMajor = Rows.rowMajor(context, name + " y", input);
    return output.of(rowMajor, array -> array.reshape('c', true, shape));
  }

  /** The gradient of the input from that of the output. */
  public INDArray backward(LayerContext context, INDArray outputGradient) {
    INDArray rowMajor = Rows.rowMajor(context, name + " dx", outputGradient);
    return inputGradient.of(rowMajor, array -> array.reshape('c', true, inputShape));
  }
}
