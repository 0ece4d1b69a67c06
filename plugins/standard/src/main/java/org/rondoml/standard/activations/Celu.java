package org.rondoml.standard.activations;

import jakarta.validation.constraints.Positive;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.KnownIn;

/**
 * The continuously differentiable exponential linear unit: y = x for x > 0, else alpha · (exp(x /
 * alpha) - 1); slope 1 or exp(x / alpha), and at 0 their sum, as TensorFlow has it. Barron,
 * "Continuously differentiable exponential linear units", 2017.
 *
 * <p>Source: Keras, {@code keras/src/backend/tensorflow/nn.py}.
 */
public final class Celu extends InputDifferentiated {
  private final double alpha;

  /** The function with its keys. */
  public Celu(Config config) {
    alpha = config.alpha();
  }

  @Override
  double value(double x) {
    return x > 0 ? x : alpha * Math.expm1(x / alpha);
  }

  @Override
  double slope(double x) {
    return (x >= 0 ? 1 : 0) + (x <= 0 ? Math.exp(x / alpha) : 0);
  }

  /**
   * The keys.
   *
   * @param alpha the limit for very negative x is -alpha
   */
  @KnownIn(value = Semantics.KERAS3, cure = "write semantics: keras3")
  @Description("y = x for x > 0, else alpha · (exp(x / alpha) - 1).")
  public record Config(
      @Description("the limit for very negative x is -alpha") @Default("1.0") @Positive
          double alpha) {}

  /** Brings {@code celu}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "celu";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      return new Celu(config);
    }
  }
}
