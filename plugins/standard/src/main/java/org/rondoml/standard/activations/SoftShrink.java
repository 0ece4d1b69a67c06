package org.rondoml.standard.activations;

import jakarta.validation.constraints.PositiveOrZero;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.KnownIn;

/**
 * y = x - threshold above the threshold, x + threshold below minus the threshold, 0 between; slope
 * 1 or 0.
 *
 * <p>Source: Keras, {@code keras/src/backend/tensorflow/nn.py}.
 */
public final class SoftShrink extends InputDifferentiated {
  private final double threshold;

  /** The function with its keys. */
  public SoftShrink(Config config) {
    threshold = config.threshold();
  }

  @Override
  double value(double x) {
    return x > threshold ? x - threshold : x < -threshold ? x + threshold : 0;
  }

  @Override
  double slope(double x) {
    return Math.abs(x) > threshold ? 1 : 0;
  }

  /**
   * The keys.
   *
   * @param threshold how far values are moved towards 0
   */
  @KnownIn(value = Semantics.KERAS3, cure = "write semantics: keras3")
  @Description("y = x, moved towards 0 by a threshold, 0 where it is nearer.")
  public record Config(
      @Description("how far values are moved towards 0") @Default("0.5") @PositiveOrZero
          double threshold) {}

  /** Brings {@code soft_shrink}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "soft_shrink";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      return new SoftShrink(config);
    }
  }
}
