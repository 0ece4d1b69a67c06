package org.rondoml.standard.activations;

import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.KnownIn;

/**
 * y = x between -1 and 1, else the nearer of them; slope 1 or 0.
 *
 * <p>Source: Keras, {@code keras/src/backend/tensorflow/nn.py}.
 */
public final class HardTanh extends InputDifferentiated {
  @Override
  double value(double x) {
    return Math.max(-1, Math.min(1, x));
  }

  @Override
  double slope(double x) {
    return x >= -1 && x <= 1 ? 1 : 0;
  }

  /** The keys. */
  @KnownIn(value = Semantics.KERAS3, cure = "write semantics: keras3")
  @Description("y = x between -1 and 1, else the nearer of them.")
  public record Config() {}

  /** Brings {@code hard_tanh}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "hard_tanh";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      return new HardTanh();
    }
  }
}
