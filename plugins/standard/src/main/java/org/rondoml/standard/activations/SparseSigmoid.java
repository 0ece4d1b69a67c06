package org.rondoml.standard.activations;

import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.KnownIn;

/**
 * y = 0 up to -1, (x + 1) / 2 up to 1, then 1; slope 1/2 between, else 0.
 *
 * <p>Source: Keras, {@code keras/src/backend/tensorflow/nn.py}.
 */
public final class SparseSigmoid extends InputDifferentiated {
  @Override
  double value(double x) {
    return x <= -1 ? 0 : x >= 1 ? 1 : 0.5 * (x + 1);
  }

  @Override
  double slope(double x) {
    return x > -1 && x < 1 ? 0.5 : 0;
  }

  /** The keys. */
  @KnownIn(value = Semantics.KERAS3, cure = "write semantics: keras3")
  @Description("0 up to -1, (x + 1) / 2 up to 1, then 1.")
  public record Config() {}

  /** Brings {@code sparse_sigmoid}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "sparse_sigmoid";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      return new SparseSigmoid();
    }
  }
}
