package org.rondoml.standard.layers;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.AxisOrder;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.spi.LayerContext;

/** Arrays as rows along the last axis, in whatever order the other axes lie. */
public final class Rows {
  private Rows() {}

  /**
   * The memory of an array with its elements in the order of another's of the same shape; a copy
   * where they differ.
   */
  public static Memory align(LayerContext context, String key, INDArray array, INDArray like) {
    if (Memory.isDense(array) && AxisOrder.isSame(array, like)) {
      return context.dense(key, array);
    }
    INDArray copy = context.scratchLike(key + " (aligned)", like);
    copy.assign(array);
    return context.dense(key + " (aligned)", copy);
  }

  /** An array with its elements in the order of its axes: the array itself, or a copy. */
  public static INDArray rowMajor(LayerContext context, String key, INDArray array) {
    if (AxisOrder.isRowMajor(array)) {
      return array;
    }
    INDArray copy = context.scratch(key + " (row-major)", array.shape());
    copy.assign(array);
    return copy;
  }

  /** The shape of a sample. */
  public static Shape sampleShape(INDArray array) {
    return Shape.of(Arrays.copyOfRange(array.shape(), 1, array.rank()));
  }

  /** The length of a row: the size of the last axis, or 1 where a sample is a single number. */
  public static int length(INDArray array) {
    return array.rank() < 2 ? 1 : Math.toIntExact(array.size(array.rank() - 1));
  }

  /**
   * The length of stretches for work that looks at each element alone: that of a sample, so that
   * short rows cost no more than long ones.
   */
  public static int stretch(INDArray array) {
    return Math.toIntExact(array.length() / array.size(0));
  }

  /** Scratch of an array's shape and order of axes, but with rows of another length. */
  public static INDArray scratch(LayerContext context, String key, INDArray array, long length) {
    return scratch(context, key, array, array.rank() - 1, length);
  }

  /** Scratch of an array's shape and order of axes, but with another size of one axis. */
  public static INDArray scratch(
      LayerContext context, String key, INDArray array, int axis, long size) {
    int[] outerFirst = AxisOrder.outerFirst(array);
    long[] shape = new long[outerFirst.length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = outerFirst[i] == axis ? size : array.size(outerFirst[i]);
    }
    return context.scratch(key, shape).permute(AxisOrder.inverse(outerFirst));
  }
}
