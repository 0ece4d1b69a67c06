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
 * The average of the pixels under a window that slides over an image, channel by channel:
 *
 * <pre>
 * y  = sum of the x under the window / n, with n pixels under it; padding doesn't count
 * dx = the sum of dy / n over the windows that lay on this x
 * </pre>
 *
 * <p>x has the shape (batch, rows, columns, channels), y (batch, new rows, new columns, channels).
 * Masks end here.
 *
 * <p>Source: Keras, {@code keras/src/layers/pooling/average_pooling2d.py}.
 */
public final class AveragePooling2D extends PoolingLayer {
  private static final int AXES = 2;

  /** The layer with its keys. */
  public AveragePooling2D(Config config) {
    super(config, AXES);
  }

  @Override
  Pool pool(LayerContext context, int channels) {
    return new AveragePool();
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
      "The average of the pixels under a window that slides over an image, channel by channel.")
  @Example("AveragePooling2D: {pool_size: [2, 2]}")
  public record Config(
      @Description("the size of the window: one number for both axes, or two") @Default("[2, 2]")
          List<@Positive Integer> poolSize,
      @Description("how far the window moves: one number for both axes, or two; null for pool_size")
          @Nullable List<@Positive Integer> strides,
      @Description(
              "valid: no padding; same: as many rows and columns as the input, with strides of 1")
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

  /** Brings {@code AveragePooling2D}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "AveragePooling2D";
    }

    @Override
    public List<String> aliases() {
      return List.of("AvgPool2D");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new AveragePooling2D(config);
    }
  }
}
