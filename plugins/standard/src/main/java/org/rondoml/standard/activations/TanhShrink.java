package org.rondoml.standard.activations;

import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.KnownIn;

/**
 * y = x - tanh(x); slope tanh(x)².
 *
 * <p>Source: Keras, {@code keras/src/backend/tensorflow/nn.py}.
 */
public final class TanhShrink extends InputDifferentiated {
  @Override
  double value(double x) {
    return x - Math.tanh(x);
  }

  @Override
  double slope(double x) {
    return Math.tanh(x) * Math.tanh(x);
  }

  /** The keys. */
  @KnownIn(value = Semantics.KERAS3, cure = "write semantics: keras3")
  @Description("y = x - tanh(x).")
  public record Config() {}

  /** Brings {@code tanh_shrink}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "tanh_shrink";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      return new TanhShrink();
    }
  }
}
