package org.rondoml.standard.layers.regularization;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.core.spi.UnaryLayer;
import org.rondoml.standard.layers.Kept;
import org.rondoml.standard.layers.RowMap;
import org.rondoml.standard.layers.Rows;

/**
 * A layer that draws noise in training and computes y from x and the noise, element by element; in
 * inference the output is the input itself. Any shape. Masks pass.
 *
 * <p>The noise has the shape of the input, or one with some axes of size 1, along which the same
 * noise is used again.
 */
abstract class Noise implements UnaryLayer {
  private final boolean active;
  private final @Nullable Shape noiseShape;
  private final @Nullable Long seed;

  /**
   * A layer.
   *
   * @param active whether there is any noise at all
   * @param noiseShape the sizes of the noise's axes, the batch axis first: 1, the input's size, or
   *     unknown for that; null for the input's shape
   * @param seed mixed into the model's; null for nothing
   */
  Noise(boolean active, @Nullable Shape noiseShape, @Nullable Long seed) {
    this.active = active;
    this.noiseShape = noiseShape;
    this.seed = seed;
  }

  /** Draws the noise of a row. */
  abstract void draw(RandomStream random, Vec noise);

  /** y from x and the noise. */
  abstract void apply(Vec x, Vec noise, Vec y);

  /** dx from dy and the noise. */
  abstract void gradient(Vec dy, Vec noise, Vec dx);

  @Override
  public final Shape outputShape(Shape input) {
    Shape noise = noiseShape;
    if (noise == null) {
      return input;
    }
    boolean fits = noise.rank() == input.rank() + 1 && isOneOrUnknown(noise.dimension(0));
    for (int axis = 1; fits && axis < noise.rank(); axis++) {
      long size = input.dimension(axis - 1);
      fits = isOneOrUnknown(noise.dimension(axis)) || noise.dimension(axis) == size;
    }
    if (!fits) {
      throw new ShapeMismatchException(
          "found noise_shape "
              + noise
              + " for inputs of shape "
              + input
              + ": expected a size for the batch axis and one for each of the input's: 1 where all"
              + " share the same noise, null where each has its own");
    }
    return input;
  }

  private static boolean isOneOrUnknown(long size) {
    return size == 1 || size == Shape.UNKNOWN;
  }

  /** Whether all samples of a batch share the noise. */
  @Override
  public final boolean mixesSamples() {
    return noiseShape != null && noiseShape.dimension(0) == 1;
  }

  @Override
  public final boolean keepsMask() {
    return true;
  }

  /** The noise, the output and the gradient of the input. */
  @Override
  public Cost cost(List<Shape> inputs) {
    Shape input = inputs.get(0);
    return new Cost(0, 0, !active || !input.isKnown() ? 0 : 3 * input.size());
  }

  @Override
  public INDArray forward(LayerContext context, INDArray input) {
    if (!active || !context.training()) {
      return input;
    }
    Memory x = context.dense("x", input);
    Pass pass = passOf(context).of(List.of(x.array()), () -> new Pass(context, x.array()));
    Memory y = context.dense("y", pass.output);
    RandomStream random = seed == null ? context.random() : context.random().derive(seed);
    int length = Rows.length(x.array());
    Vec in = context.window("x", length);
    Vec noise = context.window("noise", pass.length);
    Vec out = context.window("y", length);
    RowMap map = pass.map;
    if (map != null) {
      for (long at = 0; at < pass.noise.length(); at += pass.length) {
        draw(random, noise.writes(pass.noise, at));
        noise.done();
      }
    }
    for (int row = 0; row < pass.rows; row++) {
      Vec drawn;
      if (map == null) {
        drawn = noise.writes(pass.noise, (long) row * length);
        draw(random, drawn);
        drawn.done();
      } else {
        drawn = pass.noiseOf(context, row, length);
      }
      in.reads(x, (long) row * length);
      apply(in, drawn, out.writes(y, (long) row * length));
      out.done();
    }
    return pass.output;
  }

  @Override
  public INDArray backward(LayerContext context, INDArray outputGradient) {
    if (!active) {
      return outputGradient;
    }
    Pass pass = passOf(context).current();
    Memory dy = Rows.align(context, "dy", outputGradient, pass.output);
    INDArray inputGradient = context.scratchLike("dx", pass.output);
    Memory dx = context.dense("dx", inputGradient);
    int length = Rows.length(inputGradient);
    Vec given = context.window("dy", length);
    Vec result = context.window("dx", length);
    for (int row = 0; row < pass.rows; row++) {
      given.reads(dy, (long) row * length);
      result.writes(dx, (long) row * length);
      gradient(given, pass.noiseOf(context, row, length), result);
      result.done();
    }
    return inputGradient;
  }

  private static KeptPass passOf(LayerContext context) {
    return context.plan("pass", KeptPass.class, KeptPass::new);
  }

  private static final class KeptPass extends Kept<Pass> {}

  /** The output and the noise for one layout of the input. */
  private final class Pass {
    private final INDArray output;
    private final int rows;
    private final Memory noise;
    private final int length;
    private final @Nullable RowMap map;

    Pass(LayerContext context, INDArray x) {
      output = context.scratchLike("y", x);
      rows = Math.toIntExact(x.length() / Rows.length(x));
      INDArray drawn = noiseLike(context, x);
      noise = context.dense("noise", drawn);
      length = Rows.length(drawn);
      map = noiseShape == null ? null : RowMap.broadcast(output, drawn);
    }

    private INDArray noiseLike(LayerContext context, INDArray x) {
      Shape shape = noiseShape;
      if (shape == null) {
        return context.scratchLike("noise", x);
      }
      long[] sizes = x.shape().clone();
      for (int axis = 0; axis < sizes.length; axis++) {
        sizes[axis] = shape.dimension(axis) == 1 ? 1 : sizes[axis];
      }
      return context.scratch("noise", sizes);
    }

    /** The noise of a row of the input. */
    private Vec noiseOf(LayerContext context, int row, int rowLength) {
      long at = map == null ? (long) row * length : map.offset(row);
      Vec own = context.window("noise", length).reads(noise, at);
      return length == rowLength ? own : context.vec("noise", rowLength).fill(own.get(0));
    }
  }
}
