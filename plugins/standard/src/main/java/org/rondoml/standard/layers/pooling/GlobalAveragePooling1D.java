package org.rondoml.standard.layers.pooling;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.convolution.DataFormat;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Mask;

/**
 * The average of all steps, channel by channel:
 *
 * <pre>
 * y    = sum over t of x_t / n
 * dx_t = dy / n, and 0 where t is masked
 * </pre>
 *
 * <p>x has the shape (batch, steps, channels), y (batch, channels), or with keepdims (batch, 1,
 * channels). With a mask, n is the number of steps that count; where none does, y is not a number,
 * as Keras has it. The mask ends here.
 *
 * <p>Source: Keras, {@code keras/src/layers/pooling/global_average_pooling1d.py}.
 */
public final class GlobalAveragePooling1D extends GlobalAverage {
  /** The layer with its keys. */
  public GlobalAveragePooling1D(Config config) {
    super(1, config.dataFormat(), config.keepdims());
  }

  @Override
  @Nullable Mask mask(LayerContext context) {
    return context.mask(0);
  }

  /**
   * The keys.
   *
   * @param dataFormat where the channels are
   * @param keepdims whether the axes that are pooled stay, with the size 1
   */
  @Description("The average of all steps, channel by channel.")
  public record Config(
      @Description("where the channels are") @Default("channels_last") DataFormat dataFormat,
      @Description("whether the time axis stays, with the size 1") @Default("false")
          boolean keepdims) {}

  /** Brings {@code GlobalAveragePooling1D}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "GlobalAveragePooling1D";
    }

    @Override
    public List<String> aliases() {
      return List.of("GlobalAvgPool1D");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new GlobalAveragePooling1D(config);
    }
  }
}
