package org.rondoml.standard.activations;

import org.apache.commons.numbers.gamma.Erfc;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;

/**
 * The Gaussian error linear unit: y = x · P(X <= x) with X of the standard normal distribution.
 *
 * <ul>
 *   <li>exact: y = x/2 · (1 + erf(x / sqrt(2)))
 *   <li>approximate: y = x/2 · (1 + tanh(sqrt(2/pi) · (x + 0.044715 x³)))
 * </ul>
 *
 * <p>Hendrycks and Gimpel, "Gaussian error linear units", 2016.
 */
public final class Gelu extends InputDifferentiated {
  private static final double C = Math.sqrt(2 / Math.PI);
  private static final double CUBIC = 0.044715;

  private final boolean approximate;

  /** The function with its keys. */
  public Gelu(Config config) {
    approximate = config.approximate();
  }

  @Override
  double value(double x) {
    return x * probability(x);
  }

  @Override
  double slope(double x) {
    if (approximate) {
      double t = Math.tanh(C * (x + CUBIC * x * x * x));
      return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * C * (1 + 3 * CUBIC * x * x);
    }
    return probability(x) + x * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  private double probability(double x) {
    return approximate
        ? 0.5 * (1 + Math.tanh(C * (x + CUBIC * x * x * x)))
        : 0.5 * Erfc.value(-x / Math.sqrt(2));
  }

  /** The keys. */
  @Description(
      "The Gaussian error linear unit: y = x · P(X <= x) with X of the standard normal"
          + " distribution.")
  public record Config(
      @Description("whether to use the tanh approximation") @Default("false")
          boolean approximate) {}

  /** Brings {@code gelu}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "gelu";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      return new Gelu(config);
    }
  }
}
