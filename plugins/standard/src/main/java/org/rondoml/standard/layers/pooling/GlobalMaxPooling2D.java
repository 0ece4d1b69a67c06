package org.rondoml.standard.layers.pooling;

import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.convolution.DataFormat;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Layer;

/**
 * The largest of all pixels, channel by channel:
 *
 * <pre>
 * y    = max over t of x_t
 * dx_t = dy / n where x_t = y, with n such t, else 0
 * </pre>
 *
 * <p>x has the shape (batch, rows, columns, channels) with pixels t, y (batch, channels), or with
 * keepdims (batch, 1, 1, channels). A mask is not minded, and ends here.
 *
 * <p>Source: Keras, {@code keras/src/layers/pooling/global_max_pooling2d.py}.
 */
public final class GlobalMaxPooling2D extends GlobalMax {
  /** The layer with its keys. */
  public GlobalMaxPooling2D(Config config) {
    super(2, config.dataFormat(), config.keepdims());
  }

  /**
   * The keys.
   *
   * @param dataFormat where the channels are
   * @param keepdims whether the axes that are pooled stay, with the size 1
   */
  @Description("The largest of all pixels, channel by channel.")
  public record Config(
      @Description("where the channels are") @Default("channels_last") DataFormat dataFormat,
      @Description("whether the spatial axes stay, with the size 1") @Default("false")
          boolean keepdims) {}

  /** Brings {@code GlobalMaxPooling2D}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "GlobalMaxPooling2D";
    }

    @Override
    public List<String> aliases() {
      return List.of("GlobalMaxPool2D");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new GlobalMaxPooling2D(config);
    }
  }
}
