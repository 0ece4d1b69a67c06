package org.rondoml.core.compute;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The order in which the axes of an array lie in memory. A sequence of shape (batch, time,
 * features) may lie batch-major or time-major; an axis of size 1 lies anywhere.
 */
public final class AxisOrder {
  private AxisOrder() {}

  /** Whether the elements of two arrays of one shape lie in the same order. */
  public static boolean isSame(INDArray a, INDArray b) {
    for (int axis = 0; axis < a.rank(); axis++) {
      if (a.size(axis) > 1 && a.stride(axis) != b.stride(axis)) {
        return false;
      }
    }
    return true;
  }

  /** Whether an array lies in the order of its axes, without gaps. */
  public static boolean isRowMajor(INDArray array) {
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
   * Whether a sequence of shape (batch, time, features) lies with the samples of a step together.
   */
  public static boolean isTimeMajor(INDArray sequence) {
    long features = sequence.size(2);
    return (features == 1 || sequence.stride(2) == 1)
        && (sequence.size(0) == 1 || sequence.stride(0) == features)
        && (sequence.size(1) == 1 || sequence.stride(1) == features * sequence.size(0));
  }

  /** The axes from the outermost in memory to the innermost, which is the last axis. */
  public static int[] outerFirst(INDArray array) {
    int last = array.rank() - 1;
    return IntStream.range(0, array.rank())
        .boxed()
        .sorted(
            Comparator.<Integer>comparingInt(axis -> axis == last ? 1 : 0)
                .thenComparingLong(axis -> -array.stride(axis)))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The permutation that undoes another. */
  public static int[] inverse(int[] permutation) {
    int[] inverse = new int[permutation.length];
    for (int i = 0; i < permutation.length; i++) {
      inverse[permutation[i]] = i;
    }
    return inverse;
  }
}
