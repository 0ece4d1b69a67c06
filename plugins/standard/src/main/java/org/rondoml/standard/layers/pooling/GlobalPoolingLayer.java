package org.rondoml.standard.layers.pooling;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.convolution.DataFormat;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.core.spi.UnaryLayer;

/**
 * What all steps or pixels of a sample have in common, channel by channel. x has the shape (batch,
 * steps or rows and columns, channels), y (batch, channels), with keepdims (batch, 1, channels) or
 * (batch, 1, 1, channels).
 *
 * <p>Source: Keras, {@code keras/src/layers/pooling/base_global_pooling.py}.
 */
abstract class GlobalPoolingLayer implements UnaryLayer {
  private final int axes;
  private final DataFormat format;
  private final boolean keepdims;

  /**
   * A layer over a number of spatial axes.
   *
   * @param keepdims whether they stay, with the size 1
   */
  GlobalPoolingLayer(int axes, DataFormat format, boolean keepdims) {
    this.axes = axes;
    this.format = format;
    this.keepdims = keepdims;
  }

  /** Makes y of the pixels of a sample. */
  abstract void forward(LayerContext context, Pixels pixels, Memory y, long at);

  /** Shares dy among the pixels of a sample. */
  abstract void backward(
      LayerContext context, Pixels pixels, Memory y, Memory dy, long at, Memory dx);

  /** The mask to be minded, if any. */
  @Nullable Mask mask(LayerContext context) {
    return null;
  }

  @Override
  public final Shape outputShape(Shape input) {
    if (input.rank() != axes + 1) {
      throw new ShapeMismatchException(
          "found inputs of shape "
              + input
              + ", expected "
              + (axes == 1 ? "sequences (steps, channels)" : "images (rows, columns, channels)")
              + (format == DataFormat.CHANNELS_LAST ? "" : " with the channels first")
              + (input.rank() == 1
                  ? "; a recurrent layer before this one gives a sequence with return_sequences: true"
                  : ""));
    }
    long channels = format.channelsLast(input, axes).dimension(-1);
    if (!keepdims) {
      return Shape.of(channels);
    }
    return format.of(axes == 1 ? Shape.of(1, channels) : Shape.of(1, 1, channels), axes);
  }

  /** y and dx. */
  @Override
  public final Cost cost(List<Shape> inputs) {
    Shape input = inputs.get(0);
    Shape output = outputShape(input);
    return new Cost(0, 0, input.isKnown() ? input.size() + output.size() : 0);
  }

  @Override
  public final INDArray forward(LayerContext context, INDArray input) {
    Memory x = context.rowMajor("x", format.channelsLast(input, axes));
    Passes passes = context.plan("passes", Passes.class, Passes::new);
    passes.x = x;
    passes.mask = mask(context);
    passes.checkMask();
    Shape sample = Shape.of(java.util.Arrays.copyOfRange(input.shape(), 1, input.rank()));
    INDArray output = context.scratch("y", outputShape(sample).withBatch(input.size(0)));
    Memory y = context.dense("y", output);
    passes.y = y;
    int channels = channels(x);
    for (int sampleNumber = 0; sampleNumber < input.size(0); sampleNumber++) {
      forward(context, passes.pixels(context, sampleNumber), y, (long) sampleNumber * channels);
    }
    return output;
  }

  @Override
  public final INDArray backward(LayerContext context, INDArray outputGradient) {
    Passes passes = context.plan("passes", Passes.class, Passes::new);
    Memory x = passes.x;
    Memory y = passes.y;
    if (x == null || y == null) {
      throw new IllegalStateException("backward before forward");
    }
    Memory dy = context.rowMajor("dy", outputGradient);
    Memory dx = context.dense("dx", context.scratch("dx", x.array().shape()));
    int channels = channels(x);
    for (int sample = 0; sample < x.array().size(0); sample++) {
      backward(context, passes.pixels(context, sample), y, dy, (long) sample * channels, dx);
    }
    return format.of(dx.array(), axes);
  }

  private static int channels(Memory x) {
    return Math.toIntExact(x.array().size(x.array().rank() - 1));
  }

  /** What goes from forward to backward. */
  private static final class Passes {
    private @Nullable Memory x;
    private @Nullable Memory y;
    private @Nullable Mask mask;

    void checkMask() {
      Mask given = mask;
      Memory masked = x;
      if (given != null && masked != null && given.positions() != masked.array().size(1)) {
        throw new ShapeMismatchException(
            "found a mask of shape "
                + given.shape()
                + " for "
                + masked.array().size(1)
                + " steps, expected one value for each step");
      }
    }

    Pixels pixels(LayerContext context, int sample) {
      Memory given = x;
      if (given == null) {
        throw new IllegalStateException("backward before forward");
      }
      int channels = channels(given);
      int count = Math.toIntExact(given.length() / given.array().size(0) / channels);
      return new Pixels(
          given,
          mask,
          sample,
          count,
          context.window("x", channels),
          (long) sample * count * channels);
    }
  }

  /**
   * The pixels of a sample.
   *
   * @param x all samples' pixels
   * @param mask which pixels count; null for all
   * @param sample the number of the sample
   * @param count the number of its pixels
   * @param row a window for pixels
   * @param start where the first pixel lies
   */
  record Pixels(Memory x, @Nullable Mask mask, int sample, int count, Vec row, long start) {
    /** Where a pixel lies. */
    long at(int pixel) {
      return start + (long) pixel * row.length();
    }

    /** A pixel. */
    Vec get(int pixel) {
      return row.reads(x, at(pixel));
    }

    /** Whether a pixel counts. */
    boolean counts(int pixel) {
      return mask == null || mask.isValid(sample, pixel);
    }
  }
}
