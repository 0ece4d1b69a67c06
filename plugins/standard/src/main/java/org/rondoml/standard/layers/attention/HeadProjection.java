package org.rondoml.standard.layers.attention;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.standard.layers.Rows;

/** An input of {@link MultiHeadAttention} projected to the vectors of its heads, and back. */
final class HeadProjection {
  private final Projection projection;
  private final Heads heads;
  private final Heads gradients;
  private final INDArray like;

  /**
   * A projection.
   *
   * @param name what its parameters' names begin with
   * @param input an input
   * @param count the number of heads
   * @param size the length of a head's vectors
   */
  HeadProjection(
      LayerContext context, String name, boolean hasBias, INDArray input, int count, int size) {
    like = input;
    int length = Rows.length(input);
    int rows = Math.toIntExact(input.length() / length);
    projection = new Projection(context, name, hasBias, rows, length, count * size);
    heads = new Heads(context, name, input, count, size);
    gradients = new Heads(context, "d" + name, input, count, size);
  }

  int steps() {
    return heads.steps();
  }

  /** The heads' vectors, sorted by sample and head. */
  Memory forward(Memory input) {
    return heads.sort(projection.forward(input));
  }

  /** The vectors of the latest forward pass. */
  Memory vectors() {
    return heads.sorted();
  }

  /** Where the gradient of the vectors is put. */
  Memory gradient() {
    return gradients.sorted();
  }

  /** Adds the parameters' gradients and returns the input's, if it is needed. */
  INDArray backward(boolean needsInputGradient) {
    Memory dz = gradients.join();
    projection.addGradients(dz);
    return needsInputGradient ? projection.inputGradient(dz, like) : like;
  }
}
