package org.rondoml.standard.layers;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.compute.AxisOrder;

/**
 * For each row of an array, in the order in which its rows lie in memory, where something else has
 * what belongs to it: another array whose axes lie in another order or are broadcast, a mask.
 */
public final class RowMap {
  private final int[] offsets;

  private RowMap(int[] offsets) {
    this.offsets = offsets;
  }

  /**
   * A map by strides.
   *
   * @param array the array with the rows, dense
   * @param strides for each axis of the array how far apart in the other memory its neighbours are;
   *     0 for an axis that the other doesn't have or has only once; that of the last axis doesn't
   *     matter
   */
  public static RowMap of(INDArray array, long[] strides) {
    int[] outerFirst = AxisOrder.outerFirst(array);
    int leading = Math.max(1, outerFirst.length - 1);
    int rows = Math.toIntExact(array.length() / Rows.length(array));
    int[] offsets = new int[rows];
    for (int row = 0; row < rows; row++) {
      long rest = row;
      long offset = 0;
      for (int i = leading - 1; i >= 0; i--) {
        int axis = outerFirst[i];
        offset += rest % array.size(axis) * strides[axis];
        rest /= array.size(axis);
      }
      offsets[row] = Math.toIntExact(offset);
    }
    return new RowMap(offsets);
  }

  /**
   * To the rows of an array that may have fewer axes, or a single row or element where the first
   * has several: as NumPy broadcasts, but for the batch axis, which both have in front.
   *
   * @param array the array with the rows, dense
   * @param other the array that is broadcast, dense
   */
  public static RowMap broadcast(INDArray array, INDArray other) {
    long[] strides = new long[array.rank()];
    int missing = array.rank() - other.rank();
    for (int axis = 0; axis < strides.length; axis++) {
      int own = axis == 0 ? 0 : axis - missing;
      boolean has = axis == 0 || own > 0;
      strides[axis] = has && other.size(own) > 1 ? other.stride(own) : 0;
    }
    return of(array, strides);
  }

  /** To the numbers of the rows when the array's axes lie in order: positions of masks. */
  public static RowMap rowMajor(INDArray array) {
    long[] strides = new long[array.rank()];
    long stride = 1;
    for (int axis = Math.max(0, array.rank() - 2); axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= array.size(axis);
    }
    return of(array, strides);
  }

  /** The number of rows. */
  public int rows() {
    return offsets.length;
  }

  /** Where a row's counterpart is. */
  public int offset(int row) {
    return offsets[row];
  }
}
