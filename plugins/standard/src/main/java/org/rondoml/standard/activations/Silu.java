package org.rondoml.standard.activations;

import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Description;

/**
 * The sigmoid linear unit, also called swish: y = x · s with s = sigmoid(x); slope s · (1 + x · (1
 * - s)). Ramachandran et al., "Searching for activation functions", 2017.
 */
public final class Silu extends InputDifferentiated {
  @Override
  double value(double x) {
    return x / (1 + Math.exp(-x));
  }

  @Override
  double slope(double x) {
    double s = 1 / (1 + Math.exp(-x));
    return s * (1 + x * (1 - s));
  }

  /** The keys. */
  @Description("The sigmoid linear unit: y = x · sigmoid(x).")
  public record Config() {}

  /** Brings {@code silu}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "silu";
    }

    @Override
    public List<String> aliases() {
      return List.of("swish");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      return new Silu();
    }
  }
}
