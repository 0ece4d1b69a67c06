package org.rondoml.standard.layers.reshaping;

import jakarta.validation.constraints.Positive;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.UnaryLayer;

/**
 * Repeats each step of a sequence:
 *
 * <pre>
 * y_{t · size + k} = x_t                    for each k from 0 to size - 1
 * dx_t             = sum over k of dy_{t · size + k}
 * </pre>
 *
 * <p>x has the shape (batch, steps, channels), y (batch, steps · size, channels). Masks end here.
 *
 * <p>Source: Keras, {@code keras/src/layers/reshaping/up_sampling1d.py}.
 */
public final class UpSampling1D implements UnaryLayer {
  private final int size;

  /** The layer with its keys. */
  public UpSampling1D(Config config) {
    size = config.size();
  }

  @Override
  public Shape outputShape(Shape input) {
    Margins.checkSequence(input);
    long steps = input.dimension(0);
    return Shape.of(steps == Shape.UNKNOWN ? Shape.UNKNOWN : steps * size, input.dimension(1));
  }

  @Override
  public INDArray forward(LayerContext context, INDArray input) {
    Memory x = context.rowMajor("x", input);
    long[] shape = input.shape().clone();
    shape[1] *= size;
    Memory y = context.dense("y", context.scratch("y", shape));
    long channels = shape[2];
    long to = 0;
    for (long at = 0; at < x.length(); at += channels) {
      for (int k = 0; k < size; k++) {
        y.copyFrom(x, at, to, channels);
        to += channels;
      }
    }
    return y.array();
  }

  @Override
  public INDArray backward(LayerContext context, INDArray outputGradient) {
    Memory dy = context.rowMajor("dy", outputGradient);
    long[] shape = outputGradient.shape().clone();
    shape[1] /= size;
    Memory dx = context.dense("dx", context.scratch("dx", shape));
    int channels = Math.toIntExact(shape[2]);
    Vec sum = context.window("dx", channels);
    Vec row = context.window("dy", channels);
    long from = 0;
    for (long at = 0; at < dx.length(); at += channels) {
      sum.writes(dx, at).fill(0);
      for (int k = 0; k < size; k++) {
        sum.add(sum, row.reads(dy, from));
        from += channels;
      }
      sum.done();
    }
    return dx.array();
  }

  /**
   * The keys.
   *
   * @param size how often each step is repeated
   */
  @Description("Repeats each step of a sequence.")
  @Example("UpSampling1D: 2")
  public record Config(
      @Description("how often each step stands in the output") @Default("2") @Positive int size) {}

  /** Brings {@code UpSampling1D}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "UpSampling1D";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new UpSampling1D(config);
    }
  }
}
