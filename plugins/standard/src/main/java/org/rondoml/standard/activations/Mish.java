package org.rondoml.standard.activations;

import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Description;

/**
 * y = x · t with t = tanh(softplus(x)); slope t + x · (1 - t²) · sigmoid(x). Misra, "Mish: a self
 * regularized non-monotonic activation function", 2019.
 */
public final class Mish extends InputDifferentiated {
  @Override
  double value(double x) {
    return x * gate(x);
  }

  @Override
  double slope(double x) {
    double t = gate(x);
    return t + x * (1 - t * t) / (1 + Math.exp(-x));
  }

  private static double gate(double x) {
    return Math.tanh(Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))));
  }

  /** The keys. */
  @Description("y = x · tanh(softplus(x)).")
  public record Config() {}

  /** Brings {@code mish}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "mish";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      return new Mish();
    }
  }
}
