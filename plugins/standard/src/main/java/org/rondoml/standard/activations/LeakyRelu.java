package org.rondoml.standard.activations;

import jakarta.validation.constraints.PositiveOrZero;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;

/**
 * A rectified linear unit that lets a little through: y = x for x > 0, else negative_slope · x.
 * Formula: Keras, {@code keras/src/backend/tensorflow/nn.py}.
 */
public final class LeakyRelu extends OutputDifferentiated {
  private final double negativeSlope;

  /** The function with its keys. */
  public LeakyRelu(Config config) {
    negativeSlope = config.negativeSlope();
  }

  @Override
  double value(double x) {
    return x > 0 ? x : negativeSlope * x;
  }

  @Override
  double slope(double y) {
    return y > 0 ? 1 : negativeSlope;
  }

  /** The keys. */
  @Description(
      "A rectified linear unit that lets a little through: y = x for x > 0, else negative_slope ·"
          + " x.")
  public record Config(
      @Description("the slope for x below 0") @Default("0.2") @PositiveOrZero
          double negativeSlope) {}

  /** Brings {@code leaky_relu}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "leaky_relu";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      return new LeakyRelu(config);
    }
  }
}
