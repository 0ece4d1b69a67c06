package org.rondoml.standard.layers;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.spi.LayerContext;

/** The order in which the axes of an array lie in memory. */
final class AxisOrder {
  private AxisOrder() {}

  /** Whether the elements of two arrays of one shape lie in the same order. */
  static boolean isSame(INDArray a, INDArray b) {
    for (int axis = 0; axis < a.rank(); axis++) {
      if (a.size(axis) > 1 && a.stride(axis) != b.stride(axis)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the axes of a dense array lie in their order. */
  static boolean isRowMajor(INDArray array) {
    long expected = 1;
    for (int axis = array.rank() - 1; axis >= 0; axis--) {
      if (array.size(axis) > 1 && array.stride(axis) != expected) {
        return false;
      }
      expected *= array.size(axis);
    }
    return true;
  }

  /**
   * The memory of an array with its elements in the order of another's of the same shape; a copy
   * where they differ.
   */
  static Memory align(LayerContext context, String key, INDArray array, INDArray like) {
    if (Memory.isDense(array) && isSame(array, like)) {
      return context.dense(key, array);
    }
    INDArray copy = context.scratchLike(key + " (aligned)", like);
    copy.assign(array);
    return context.dense(key + " (aligned)", copy);
  }

  /** The length of a row: the size of the last axis, or 1 where a sample is a single number. */
  static int rowLength(INDArray array) {
    return array.rank() < 2 ? 1 : Math.toIntExact(array.size(array.rank() - 1));
  }

  /** Scratch of an array's shape and order of axes, but with another last axis. */
  static INDArray scratchWithLast(LayerContext context, String key, INDArray array, long last) {
    int rank = array.rank();
    int[] outerFirst =
        IntStream.range(0, rank)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(axis -> axis == rank - 1 ? 1 : 0)
                    .thenComparingLong(axis -> -array.stride(axis)))
            .mapToInt(Integer::intValue)
            .toArray();
    long[] shape = new long[rank];
    int[] back = new int[rank];
    for (int i = 0; i < rank; i++) {
      shape[i] = outerFirst[i] == rank - 1 ? last : array.size(outerFirst[i]);
      back[outerFirst[i]] = i;
    }
    return context.scratch(key, shape).permute(back);
  }
}
