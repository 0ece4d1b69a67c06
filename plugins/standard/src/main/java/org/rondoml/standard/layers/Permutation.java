package org.rondoml.standard.layers;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.compute.AxisOrder;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.spi.LayerContext;

/**
 * Puts the axes of arrays in another order, and those of gradients back: a view where the last axis
 * stays the last in memory, else a copy.
 */
public final class Permutation {
  private final String name;
  private final int[] axes;
  private final int[] inverse;
  private final View output = new View();
  private final View inputGradient = new View();

  private Permutation(String name, int[] axes) {
    this.name = name;
    this.axes = axes;
    inverse = AxisOrder.inverse(axes);
  }

  /**
   * That of a layer.
   *
   * @param name its name among others of the layer
   * @param axes for each axis of the output the input's, the batch axis among them; the same at
   *     every step
   */
  public static Permutation of(LayerContext context, String name, int... axes) {
    return context.plan(
        name + " (permutation)", Permutation.class, () -> new Permutation(name, axes.clone()));
  }

  /**
   * What undoes this one.
   *
   * @param inverseName its name among others of the layer
   */
  public Permutation inverse(LayerContext context, String inverseName) {
    return of(context, inverseName, inverse);
  }

  /** An array with its axes in the other order. */
  public INDArray forward(LayerContext context, INDArray input) {
    return dense(context, name + " y", output.of(input, array -> array.permute(axes)));
  }

  /** The gradient of the input from that of the output. */
  public INDArray backward(LayerContext context, INDArray outputGradient) {
    return dense(
        context, name + " dx", inputGradient.of(outputGradient, array -> array.permute(inverse)));
  }

  private static INDArray dense(LayerContext context, String key, INDArray view) {
    if (Memory.isDense(view)) {
      return view;
    }
    INDArray copy = context.scratch(key + " (permuted)", view.shape());
    copy.assign(view);
    return copy;
  }
}
