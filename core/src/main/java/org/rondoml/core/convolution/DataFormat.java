package org.rondoml.core.convolution;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Shape;

/**
 * Where the channels of images and sequences are. Layers compute with channels last, and see other
 * inputs and outputs through views.
 */
public enum DataFormat {
  /** (..., height, width, channels). */
  CHANNELS_LAST,
  /** (..., channels, height, width). */
  CHANNELS_FIRST;

  /**
   * A shape in this format with its channels last.
   *
   * @param axes the number of spatial axes
   */
  public Shape channelsLast(Shape shape, int axes) {
    return this == CHANNELS_LAST ? shape : move(shape, shape.rank() - 1 - axes, shape.rank() - 1);
  }

  /** A shape with its channels last in this format. */
  public Shape of(Shape channelsLast, int axes) {
    int last = channelsLast.rank() - 1;
    return this == CHANNELS_LAST ? channelsLast : move(channelsLast, last, last - axes);
  }

  private static Shape move(Shape shape, int from, int to) {
    List<Long> dimensions = new ArrayList<>(shape.dimensions());
    dimensions.add(to, dimensions.remove(from));
    return new Shape(dimensions);
  }

  /** An array in this format seen with its channels last. */
  public INDArray channelsLast(INDArray array, int axes) {
    return this == CHANNELS_LAST ? array : move(array, array.rank() - 1 - axes, array.rank() - 1);
  }

  /** An array with its channels last seen in this format. */
  public INDArray of(INDArray channelsLast, int axes) {
    int last = channelsLast.rank() - 1;
    return this == CHANNELS_LAST ? channelsLast : move(channelsLast, last, last - axes);
  }

  private static INDArray move(INDArray array, int from, int to) {
    List<Integer> order = new ArrayList<>();
    for (int axis = 0; axis < array.rank(); axis++) {
      order.add(axis);
    }
    order.add(to, order.remove(from));
    return array.permute(order.stream().mapToInt(Integer::intValue).toArray());
  }
}
