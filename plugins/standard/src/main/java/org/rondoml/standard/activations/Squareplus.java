package org.rondoml.standard.activations;

import jakarta.validation.constraints.Positive;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.KnownIn;

/**
 * A smooth rectifier: y = (x + sqrt(x² + b)) / 2; slope (1 + x / sqrt(x² + b)) / 2. Barron,
 * "Squareplus: a softplus-like algebraic rectifier", 2021.
 *
 * <p>Source: Keras, {@code keras/src/backend/tensorflow/nn.py}.
 */
public final class Squareplus extends InputDifferentiated {
  private final double b;

  /** The function with its keys. */
  public Squareplus(Config config) {
    b = config.b();
  }

  @Override
  double value(double x) {
    return (x + Math.sqrt(x * x + b)) / 2;
  }

  @Override
  double slope(double x) {
    return (1 + x / Math.sqrt(x * x + b)) / 2;
  }

  /**
   * The keys.
   *
   * @param b how smooth it is near 0
   */
  @KnownIn(value = Semantics.KERAS3, cure = "write semantics: keras3")
  @Description("A smooth rectifier: y = (x + sqrt(x² + b)) / 2.")
  public record Config(
      @Description("how smooth it is near 0") @Default("4.0") @Positive double b) {}

  /** Brings {@code squareplus}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "squareplus";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      return new Squareplus(config);
    }
  }
}
