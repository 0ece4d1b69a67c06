package org.rondoml.standard.activations;

import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Description;

/**
 * A smooth rectifier: y = log(1 + exp(x)); its slope is the sigmoid, 1 - exp(-y).
 *
 * <p>Source: Keras, {@code keras/src/activations/activations.py}.
 */
public final class Softplus extends OutputDifferentiated {
  @Override
  double value(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  @Override
  double slope(double y) {
    return -Math.expm1(-y);
  }

  /** The keys. */
  @Description("A smooth rectifier: y = log(1 + exp(x)).")
  public record Config() {}

  /** Brings {@code softplus}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "softplus";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      return new Softplus();
    }
  }
}
