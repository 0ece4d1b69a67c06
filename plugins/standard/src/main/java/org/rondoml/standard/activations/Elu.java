package org.rondoml.standard.activations;

import jakarta.validation.constraints.Positive;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;

/**
 * The exponential linear unit: y = x for x > 0, else alpha · (exp(x) - 1); slope 1 or y + alpha.
 * Clevert et al., "Fast and accurate deep network learning by exponential linear units", ICLR 2016.
 * Formula: Keras, {@code keras/src/backend/tensorflow/nn.py}.
 */
public final class Elu extends OutputDifferentiated {
  private final double alpha;

  /** The function with its keys. */
  public Elu(Config config) {
    alpha = config.alpha();
  }

  @Override
  double value(double x) {
    return x > 0 ? x : alpha * Math.expm1(x);
  }

  @Override
  double slope(double y) {
    return y > 0 ? 1 : y + alpha;
  }

  /** The keys. */
  @Description("The exponential linear unit: y = x for x > 0, else alpha · (exp(x) - 1).")
  public record Config(
      @Description("the limit for very negative x is -alpha") @Default("1.0") @Positive
          double alpha) {}

  /** Brings {@code elu}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "elu";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      return new Elu(config);
    }
  }
}
