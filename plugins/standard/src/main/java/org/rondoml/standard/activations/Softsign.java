package org.rondoml.standard.activations;

import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Description;

/**
 * A line that levels off slowly: y = x / (1 + |x|), slope 1 / (1 + |x|)².
 *
 * <p>Source: Keras, {@code keras/src/activations/activations.py}.
 */
public final class Softsign extends InputDifferentiated {
  @Override
  double value(double x) {
    return x / (1 + Math.abs(x));
  }

  @Override
  double slope(double x) {
    double d = 1 + Math.abs(x);
    return 1 / (d * d);
  }

  /** The keys. */
  @Description("y = x / (1 + |x|).")
  public record Config() {}

  /** Brings {@code softsign}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "softsign";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      return new Softsign();
    }
  }
}
