package org.rondoml.standard.layers.reshaping;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.ShapeMismatchException;

/**
 * Steps at both ends of sequences of shape (batch, steps, channels), which are put there as zeros
 * or taken away; one is the gradient of the other.
 *
 * @param before the steps in front
 * @param after the steps at the end
 */
record Margins(int before, int after) {
  /**
   * The margins of a key that gives one number for both ends or two.
   *
   * @throws ConfigException where there are more
   */
  static Margins of(String key, List<Integer> given) {
    if (given.isEmpty() || given.size() > 2) {
      throw new ConfigException(
          key,
          "found "
              + given.size()
              + " numbers, expected one for both ends or two, one for each end");
    }
    return new Margins(given.get(0), given.get(given.size() - 1));
  }

  int both() {
    return before + after;
  }

  static void checkSequence(Shape input) {
    if (input.rank() != 2) {
      throw new ShapeMismatchException(
          "found inputs of shape " + input + ", expected sequences (steps, channels)");
    }
  }

  /** Sequences with zeros put at their ends. */
  INDArray put(LayerContext context, String key, INDArray sequences) {
    Memory x = context.rowMajor(key + " without margins", sequences);
    long[] shape = sequences.shape().clone();
    long block = shape[1] * shape[2];
    shape[1] += both();
    Memory y = context.dense(key, context.scratch(key, shape));
    long front = before * shape[2];
    long end = after * shape[2];
    long to = 0;
    for (long sample = 0; sample < shape[0]; sample++) {
      y.clear(to, front);
      y.copyFrom(x, sample * block, to + front, block);
      y.clear(to + front + block, end);
      to += front + block + end;
    }
    return y.array();
  }

  /** Sequences with what is at their ends taken away. */
  INDArray take(LayerContext context, String key, INDArray sequences) {
    Memory x = context.rowMajor(key + " with margins", sequences);
    long[] shape = sequences.shape().clone();
    long whole = shape[1] * shape[2];
    shape[1] -= both();
    long block = shape[1] * shape[2];
    Memory y = context.dense(key, context.scratch(key, shape));
    for (long sample = 0; sample < shape[0]; sample++) {
      y.copyFrom(x, sample * whole + before * shape[2], sample * block, block);
    }
    return y.array();
  }
}
