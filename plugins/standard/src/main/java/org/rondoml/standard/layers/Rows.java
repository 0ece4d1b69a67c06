package org.rondoml.standard.layers;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.compute.AxisOrder;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.spi.LayerContext;

/** Arrays as rows along the last axis, in whatever order the other axes lie. */
final class Rows {
  private Rows() {}

  /**
   * The memory of an array with its elements in the order of another's of the same shape; a copy
   * where they differ.
   */
  static Memory align(LayerContext context, String key, INDArray array, INDArray like) {
    if (Memory.isDense(array) && AxisOrder.isSame(array, like)) {
      return context.dense(key, array);
    }
    INDArray copy = context.scratchLike(key + " (aligned)", like);
    copy.assign(array);
    return context.dense(key + " (aligned)", copy);
  }

  /** The length of a row: the size of the last axis, or 1 where a sample is a single number. */
  static int length(INDArray array) {
    return array.rank() < 2 ? 1 : Math.toIntExact(array.size(array.rank() - 1));
  }

  /** Scratch of an array's shape and order of axes, but with rows of another length. */
  static INDArray scratch(LayerContext context, String key, INDArray array, long length) {
    int[] outerFirst = AxisOrder.outerFirst(array);
    long[] shape = new long[outerFirst.length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = i == shape.length - 1 ? length : array.size(outerFirst[i]);
    }
    return context.scratch(key, shape).permute(AxisOrder.inverse(outerFirst));
  }
}
