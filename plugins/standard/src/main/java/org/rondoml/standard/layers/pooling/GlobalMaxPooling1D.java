package org.rondoml.standard.layers.pooling;

import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.convolution.DataFormat;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Layer;

/**
 * The largest of all steps, channel by channel:
 *
 * <pre>
 * y    = max over t of x_t
 * dx_t = dy / n where x_t = y, with n such t, else 0
 * </pre>
 *
 * <p>x has the shape (batch, steps, channels), y (batch, channels), or with keepdims (batch, 1,
 * channels). A mask is not minded, and ends here.
 *
 * <p>Source: Keras, {@code keras/src/layers/pooling/global_max_pooling1d.py}.
 */
public final class GlobalMaxPooling1D extends GlobalMax {
  /** The layer with its keys. */
  public GlobalMaxPooling1D(Config config) {
    super(1, config.dataFormat(), config.keepdims());
  }

  /**
   * The keys.
   *
   * @param dataFormat where the channels are
   * @param keepdims whether the axes that are pooled stay, with the size 1
   */
  @Description("The largest of all steps, channel by channel.")
  public record Config(
      @Description("where the channels are") @Default("channels_last") DataFormat dataFormat,
      @Description("whether the time axis stays, with the size 1") @Default("false")
          boolean keepdims) {}

  /** Brings {@code GlobalMaxPooling1D}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "GlobalMaxPooling1D";
    }

    @Override
    public List<String> aliases() {
      return List.of("GlobalMaxPool1D");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new GlobalMaxPooling1D(config);
    }
  }
}
