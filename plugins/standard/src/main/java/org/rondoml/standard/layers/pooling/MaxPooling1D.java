package org.rondoml.standard.layers.pooling;

import jakarta.validation.constraints.Positive;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.convolution.DataFormat;
import org.rondoml.core.convolution.Padding;
import org.rondoml.core.convolution.Sliding;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;

/**
 * The largest of the steps under a window that slides over a sequence, channel by channel:
 *
 * <pre>
 * y  = max of the x under the window
 * dx = the sum of dy over the windows that took this x, the first of equals
 * </pre>
 *
 * <p>x has the shape (batch, steps, channels), y (batch, new steps, channels). Masks end here.
 *
 * <p>Source: Keras, {@code keras/src/layers/pooling/max_pooling1d.py}.
 */
public final class MaxPooling1D extends PoolingLayer {
  private static final int AXES = 1;

  /** The layer with its keys. */
  public MaxPooling1D(Config config) {
    super(config, AXES);
  }

  @Override
  Pool pool(LayerContext context, int channels) {
    return new MaxPool(context, channels);
  }

  /**
   * The keys.
   *
   * @param poolSize the taps of a window
   * @param strides how far the window moves; null for its size
   * @param padding where windows lie at the ends
   * @param dataFormat where the channels are
   */
  @Description(
      "The largest of the steps under a window that slides over a sequence, channel by channel.")
  @Example("MaxPooling1D: {pool_size: 2}")
  public record Config(
      @Description("the size of the window: a number, or a list of one") @Default("2")
          List<@Positive Integer> poolSize,
      @Description("how far the window moves: a number, or a list of one; null for pool_size")
          @Nullable List<@Positive Integer> strides,
      @Description("valid: no padding; same: as many steps as the input, with strides of 1")
          @Default("valid")
          Padding padding,
      @Description("where the channels are") @Default("channels_last") DataFormat dataFormat)
      implements PoolingConfig {
    /** Checks the number of sizes. */
    public Config {
      Sliding sliding = PoolingConfig.sliding(AXES, poolSize, strides, padding);
      poolSize = sliding.taps();
      strides = sliding.strides();
    }
  }

  /** Brings {@code MaxPooling1D}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "MaxPooling1D";
    }

    @Override
    public List<String> aliases() {
      return List.of("MaxPool1D");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new MaxPooling1D(config);
    }
  }
}
