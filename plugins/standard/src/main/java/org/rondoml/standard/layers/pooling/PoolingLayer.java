package org.rondoml.standard.layers.pooling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.compute.Window;
import org.rondoml.core.convolution.DataFormat;
import org.rondoml.core.convolution.Sliding;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.core.spi.UnaryLayer;

/**
 * A window that slides over one or two spatial axes, and what a {@link Pool} makes of the pixels
 * under it, channel by channel:
 *
 * <pre>
 * y  = pool of the x under the window
 * dx = the sum of their shares of dy
 * </pre>
 *
 * <p>x has the shape (batch, steps or rows and columns, channels), y as many positions as the
 * window has.
 *
 * <p>Source: Keras, {@code keras/src/layers/pooling/base_pooling.py}.
 */
abstract class PoolingLayer implements UnaryLayer {
  private final int axes;
  private final Sliding sliding;
  private final DataFormat format;

  /**
   * A layer with these keys.
   *
   * @param axes the number of spatial axes
   */
  PoolingLayer(PoolingConfig config, int axes) {
    this.axes = axes;
    sliding = PoolingConfig.sliding(axes, config.poolSize(), config.strides(), config.padding());
    format = config.dataFormat();
  }

  /** What becomes of the pixels under a window. */
  abstract Pool pool(LayerContext context, int channels);

  @Override
  public final Shape outputShape(Shape input) {
    if (input.rank() != axes + 1) {
      throw new ShapeMismatchException(
          "found inputs of shape "
              + input
              + ", expected "
              + (axes == 1 ? "sequences (steps, channels)" : "images (rows, columns, channels)")
              + (format == DataFormat.CHANNELS_LAST ? "" : " with the channels first"));
    }
    Shape last = format.channelsLast(input, axes);
    List<Long> output =
        new ArrayList<>(
            sliding.positions(new Shape(last.dimensions().subList(0, axes))).dimensions());
    output.add(last.dimension(-1));
    return format.of(new Shape(output), axes);
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
    INDArray given = format.channelsLast(input, axes);
    Passes passes = passes(context);
    Pass pass = passes.pass;
    if (pass == null || !Arrays.equals(pass.inputShape, given.shape())) {
      pass = new Pass(context, given.shape());
      passes.pass = pass;
    }
    pass.forward(context.rowMajor("x", given));
    return format.of(pass.y.array(), axes);
  }

  @Override
  public final INDArray backward(LayerContext context, INDArray outputGradient) {
    Pass pass = passes(context).pass;
    if (pass == null) {
      throw new IllegalStateException("backward before forward");
    }
    Memory dy = context.rowMajor("dy", format.channelsLast(outputGradient, axes));
    return format.of(pass.backward(context, dy), axes);
  }

  private static Passes passes(LayerContext context) {
    return context.plan("passes", Passes.class, Passes::new);
  }

  /** The pass on its way from forward to backward, and for the next step if its shape is right. */
  private static final class Passes {
    private @Nullable Pass pass;
  }

  /** The windows on inputs of one shape, channels last. */
  private final class Pass {
    private final long[] inputShape;
    private final int channels;
    private final Window rows;
    private final Window columns;
    private final Pool pool;
    private final Memory y;
    private @Nullable Memory x;
    private final Vec in;
    private final Vec out;
    private final Vec inGradient;
    private final Vec outGradient;

    Pass(LayerContext context, long... inputShape) {
      this.inputShape = inputShape.clone();
      channels = Math.toIntExact(inputShape[axes + 1]);
      long[] spatial = Arrays.copyOfRange(inputShape, 1, axes + 1);
      rows = sliding.rows(spatial);
      columns = sliding.columns(spatial);
      pool = pool(context, channels);
      long[] output = inputShape.clone();
      output[axes] = columns.positions();
      if (axes == 2) {
        output[1] = rows.positions();
      }
      y = Memory.of(context.scratch("y", output));
      in = context.window("x", channels);
      out = context.window("y", channels);
      inGradient = context.window("dx", channels);
      outGradient = context.window("dy", channels);
    }

    /** Where a pixel lies that a window sees. */
    private long at(long image, int y, int tapY, int x, int tapX) {
      long line = image * rows.size() + rows.at(y, tapY);
      return (line * columns.size() + columns.at(x, tapX)) * channels;
    }

    void forward(Memory given) {
      x = given;
      long to = 0;
      for (long image = 0; image < inputShape[0]; image++) {
        for (int i = 0; i < rows.positions(); i++) {
          for (int j = 0; j < columns.positions(); j++) {
            forward(given, image, i, j, to);
            to += channels;
          }
        }
      }
    }

    private void forward(Memory given, long image, int i, int j, long to) {
      out.writes(y, to);
      int pixels = 0;
      for (int tapY = rows.firstTap(i); tapY < rows.endTap(i); tapY++) {
        for (int tapX = columns.firstTap(j); tapX < columns.endTap(j); tapX++) {
          pool.take(in.reads(given, at(image, i, tapY, j, tapX)), out, pixels++ == 0);
        }
      }
      pool.end(out, pixels);
      out.done();
    }

    INDArray backward(LayerContext context, Memory dy) {
      Memory given = x;
      if (given == null) {
        throw new IllegalStateException("backward before forward");
      }
      Memory dx = context.dense("dx", context.scratch("dx", inputShape));
      dx.clear();
      long from = 0;
      for (long image = 0; image < inputShape[0]; image++) {
        for (int i = 0; i < rows.positions(); i++) {
          for (int j = 0; j < columns.positions(); j++) {
            out.reads(y, from);
            outGradient.reads(dy, from);
            backward(given, dx, image, i, j);
            from += channels;
          }
        }
      }
      return dx.array();
    }

    private void backward(Memory given, Memory dx, long image, int i, int j) {
      int lines = rows.endTap(i) - rows.firstTap(i);
      pool.beginBackward(lines * (columns.endTap(j) - columns.firstTap(j)));
      for (int tapY = rows.firstTap(i); tapY < rows.endTap(i); tapY++) {
        for (int tapX = columns.firstTap(j); tapX < columns.endTap(j); tapX++) {
          long at = at(image, i, tapY, j, tapX);
          inGradient.updates(dx, at);
          pool.give(in.reads(given, at), out, outGradient, inGradient);
          inGradient.done();
        }
      }
    }
  }
}
