package org.rondoml.standard.layers.normalization;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.AxisOrder;
import org.rondoml.core.spi.ShapeMismatchException;

/**
 * Arrays seen with some of their axes last, so that these together are rows.
 *
 * @param order the axes from the first to the last, the batch axis in front
 * @param count the number of axes that are last
 */
record LastAxes(List<Integer> order, int count) {
  /** Copies the list. */
  LastAxes {
    order = List.copyOf(order);
  }

  /**
   * Axes as Keras counts them: the batch axis is 0, negative ones count from the end.
   *
   * @param axes as a model file gives them
   * @param input the shape of a sample
   * @throws ShapeMismatchException where there is no such axis, or it is the batch axis, or its
   *     size is unknown
   */
  static LastAxes of(Collection<Integer> axes, Shape input) {
    int rank = input.rank() + 1;
    List<Integer> last = new ArrayList<>();
    for (int axis : axes) {
      int found = axis < 0 ? rank + axis : axis;
      if (found < 1 || found >= rank) {
        throw new ShapeMismatchException(
            "found axis "
                + axis
                + " for inputs of shape "
                + input
                + ", expected one from 1 to "
                + (rank - 1)
                + " or from -1 to "
                + (1 - rank)
                + ", as axis 0 is that of the samples");
      }
      if (last.contains(found)) {
        throw new ShapeMismatchException("found axis " + axis + " twice, expected each once");
      }
      if (input.dimension(found - 1) == Shape.UNKNOWN) {
        throw new ShapeMismatchException(
            "found inputs of shape " + input + ", expected a known size of axis " + axis);
      }
      last.add(found);
    }
    last.sort(null);
    List<Integer> order = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      if (!last.contains(axis)) {
        order.add(axis);
      }
    }
    order.addAll(last);
    return new LastAxes(order, last.size());
  }

  /** The axes in their order. */
  List<Integer> axes() {
    return order.subList(order.size() - count, order.size());
  }

  private boolean areLast() {
    return axes().get(0) == order.size() - count;
  }

  /** An array seen with these axes last. */
  INDArray see(INDArray array) {
    return areLast() ? array : array.permute(permutation());
  }

  /** An array with these axes last seen as it was. */
  INDArray back(INDArray array) {
    return areLast() ? array : array.permute(AxisOrder.inverse(permutation()));
  }

  private int[] permutation() {
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The length of a row: the product of the sizes of these axes. */
  int rowLength(INDArray seen) {
    long length = 1;
    for (int axis = seen.rank() - count; axis < seen.rank(); axis++) {
      length *= seen.size(axis);
    }
    return Math.toIntExact(length);
  }
}
