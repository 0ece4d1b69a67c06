package org.rondoml.standard.activations;

import jakarta.validation.constraints.PositiveOrZero;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.KnownIn;

/**
 * y = x where |x| is above a threshold, else 0; slope 1 or 0.
 *
 * <p>Source: Keras, {@code keras/src/backend/tensorflow/nn.py}.
 */
public final class HardShrink extends InputDifferentiated {
  private final double threshold;

  /** The function with its keys. */
  public HardShrink(Config config) {
    threshold = config.threshold();
  }

  @Override
  double value(double x) {
    return Math.abs(x) > threshold ? x : 0;
  }

  @Override
  double slope(double x) {
    return Math.abs(x) > threshold ? 1 : 0;
  }

  /**
   * The keys.
   *
   * @param threshold values nearer to 0 become 0
   */
  @KnownIn(value = Semantics.KERAS3, cure = "write semantics: keras3")
  @Description("y = x where |x| is above a threshold, else 0.")
  public record Config(
      @Description("values nearer to 0 become 0") @Default("0.5") @PositiveOrZero
          double threshold) {}

  /** Brings {@code hard_shrink}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "hard_shrink";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      return new HardShrink(config);
    }
  }
}
