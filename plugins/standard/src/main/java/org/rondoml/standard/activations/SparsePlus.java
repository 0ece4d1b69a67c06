package org.rondoml.standard.activations;

import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.KnownIn;

/**
 * A smooth rectifier: y = 0 up to -1, (x + 1)² / 4 up to 1, then x; slope 0, (x + 1) / 2 or 1.
 *
 * <p>Source: Keras, {@code keras/src/backend/tensorflow/nn.py}.
 */
public final class SparsePlus extends InputDifferentiated {
  @Override
  double value(double x) {
    return x <= -1 ? 0 : x < 1 ? 0.25 * (x + 1) * (x + 1) : x;
  }

  @Override
  double slope(double x) {
    return x <= -1 ? 0 : x < 1 ? 0.5 * (x + 1) : 1;
  }

  /** The keys. */
  @KnownIn(value = Semantics.KERAS3, cure = "write semantics: keras3")
  @Description("A smooth rectifier: 0 up to -1, (x + 1)² / 4 up to 1, then x.")
  public record Config() {}

  /** Brings {@code sparse_plus}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "sparse_plus";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      return new SparsePlus();
    }
  }
}
