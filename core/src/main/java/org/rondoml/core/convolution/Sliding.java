package org.rondoml.core.convolution;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.rondoml.api.Precision;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Patches;
import org.rondoml.core.compute.Window;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.ShapeMismatchException;

/**
 * How windows slide over the one or two spatial axes of sequences or images.
 *
 * @param taps the taps of a window by axis: {@code kernel_size} or {@code pool_size}
 * @param strides how far windows move, by axis
 * @param dilation from one tap to the next, by axis
 * @param padding where windows lie at the edges
 */
public record Sliding(
    List<Integer> taps, List<Integer> strides, List<Integer> dilation, Window.Padding padding) {
  /** Copies the lists. */
  public Sliding {
    taps = List.copyOf(taps);
    strides = List.copyOf(strides);
    dilation = List.copyOf(dilation);
  }

  /**
   * A number for each axis, from a key that gives one for all or one each.
   *
   * @param key the key's name
   * @param given its value
   * @param axes the number of spatial axes
   * @throws ConfigException where there are more or fewer
   */
  public static List<Integer> perAxis(String key, List<Integer> given, int axes) {
    if (given.size() == axes) {
      return given;
    }
    if (given.size() != 1) {
      throw new ConfigException(
          key,
          "found "
              + given.size()
              + " numbers, expected one"
              + (axes == 1 ? "" : " for all axes or " + axes + ", one for each axis"));
    }
    return Collections.nCopies(axes, given.get(0));
  }

  /**
   * What the keys of a convolution say.
   *
   * @throws ConfigException where they contradict each other
   */
  public static Sliding ofConvolution(
      int axes,
      List<Integer> kernelSize,
      List<Integer> strides,
      List<Integer> dilationRate,
      Window.Padding padding) {
    Sliding sliding =
        new Sliding(
            perAxis("kernel_size", kernelSize, axes),
            perAxis("strides", strides, axes),
            perAxis("dilation_rate", dilationRate, axes),
            padding);
    if (Collections.max(strides) > 1 && Collections.max(dilationRate) > 1) {
      throw new ConfigException(
          "dilation_rate",
          "found dilation_rate "
              + dilationRate
              + " with strides "
              + strides
              + ": expected strides of 1 where taps are dilated, or no dilation");
    }
    return sliding;
  }

  /** The number of spatial axes. */
  public int axes() {
    return taps.size();
  }

  /**
   * The number of windows on each axis.
   *
   * @param spatial the sizes of the axes
   * @throws ShapeMismatchException where a window is larger than an axis that must hold it
   */
  public Shape positions(Shape spatial) {
    List<Long> positions = new ArrayList<>();
    for (int axis = 0; axis < axes(); axis++) {
      long size = spatial.dimension(axis);
      if (size == Shape.UNKNOWN) {
        positions.add(Shape.UNKNOWN);
        continue;
      }
      long found =
          Window.positions(size, taps.get(axis), strides.get(axis), dilation.get(axis), padding);
      if (found < 1) {
        int reach = Window.reach(taps.get(axis), dilation.get(axis));
        throw new ShapeMismatchException(
            "the output would be empty: a window that reaches over "
                + reach
                + " doesn't fit on an axis of "
                + size
                + " without padding; expected "
                + reach
                + " or more, a smaller window, or padding: same");
      }
      positions.add(found);
    }
    return new Shape(positions);
  }

  /** The windows on the axes of known size: rows and columns; a sequence is a single row. */
  private Window window(int axis, long[] spatial) {
    if (axis < 0) {
      return Window.none();
    }
    return Window.of(
        Math.toIntExact(spatial[axis]),
        taps.get(axis),
        strides.get(axis),
        dilation.get(axis),
        padding);
  }

  /** The windows on the rows of images; of sequences, which have one row, that. */
  public Window rows(long... spatial) {
    return window(axes() - 2, spatial);
  }

  /** The windows on the columns of images, or on the steps of sequences. */
  public Window columns(long... spatial) {
    return window(axes() - 1, spatial);
  }

  /** What the windows see of images whose axes have these sizes. */
  public Patches patches(Precision precision, long[] spatial, int channels, int pixel) {
    return new Patches(precision, rows(spatial), columns(spatial), channels, pixel);
  }
}
