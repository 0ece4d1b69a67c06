package org.rondoml.standard.layers.pooling;

import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.convolution.DataFormat;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Layer;

/**
 * The average of all pixels, channel by channel:
 *
 * <pre>
 * y    = sum over t of x_t / n
 * dx_t = dy / n
 * </pre>
 *
 * <p>x has the shape (batch, rows, columns, channels) with pixels t, y (batch, channels), or with
 * keepdims (batch, 1, 1, channels). A mask is not minded, and ends here.
 *
 * <p>Source: Keras, {@code keras/src/layers/pooling/global_average_pooling2d.py}.
 */
public final class GlobalAveragePooling2D extends GlobalAverage {
  /** The layer with its keys. */
  public GlobalAveragePooling2D(Config config) {
    super(2, config.dataFormat(), config.keepdims());
  }

  /**
   * The keys.
   *
   * @param dataFormat where the channels are
   * @param keepdims whether the axes that are pooled stay, with the size 1
   */
  @Description("The average of all pixels, channel by channel.")
  public record Config(
      @Description("where the channels are") @Default("channels_last") DataFormat dataFormat,
      @Description("whether the spatial axes stay, with the size 1") @Default("false")
          boolean keepdims) {}

  /** Brings {@code GlobalAveragePooling2D}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "GlobalAveragePooling2D";
    }

    @Override
    public List<String> aliases() {
      return List.of("GlobalAvgPool2D");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new GlobalAveragePooling2D(config);
    }
  }
}
