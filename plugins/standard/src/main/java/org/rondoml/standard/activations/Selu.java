package org.rondoml.standard.activations;

import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Description;

/**
 * The scaled exponential linear unit: y = scale · x for x > 0, else scale · alpha · (exp(x) - 1),
 * with the constants that keep mean 0 and variance 1. Klambauer et al., "Self-normalizing neural
 * networks", NIPS 2017. Formula: Keras, {@code keras/src/backend/tensorflow/nn.py}.
 */
public final class Selu extends OutputDifferentiated {
  private static final double ALPHA = 1.6732632423543772848170429916717;
  private static final double SCALE = 1.0507009873554804934193349852946;

  @Override
  double value(double x) {
    return SCALE * (x > 0 ? x : ALPHA * Math.expm1(x));
  }

  @Override
  double slope(double y) {
    return y > 0 ? SCALE : y + SCALE * ALPHA;
  }

  /** The keys. */
  @Description(
      "The scaled exponential linear unit, which keeps mean and variance; use it with LecunNormal.")
  public record Config() {}

  /** Brings {@code selu}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "selu";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      return new Selu();
    }
  }
}
