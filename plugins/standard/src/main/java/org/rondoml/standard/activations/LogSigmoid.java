package org.rondoml.standard.activations;

import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.KnownIn;

/**
 * y = -log(1 + exp(-x)); slope 1 - exp(y).
 *
 * <p>Source: Keras, {@code keras/src/backend/tensorflow/nn.py}.
 */
public final class LogSigmoid extends OutputDifferentiated {
  @Override
  double value(double x) {
    return Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));
  }

  @Override
  double slope(double y) {
    return -Math.expm1(y);
  }

  /** The keys. */
  @KnownIn(value = Semantics.KERAS3, cure = "write semantics: keras3")
  @Description("y = log(sigmoid(x)).")
  public record Config() {}

  /** Brings {@code log_sigmoid}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "log_sigmoid";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      return new LogSigmoid();
    }
  }
}
