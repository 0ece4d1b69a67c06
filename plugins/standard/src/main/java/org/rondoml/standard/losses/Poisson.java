package org.rondoml.standard.losses;

import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Loss;

/**
 * The Poisson loss, for targets that are counts and outputs that are their expected values. For a
 * row of n elements with target t and output y:
 *
 * <pre>
 * value    = sum (y - t log(y + 1e-7)) / n
 * gradient = (1 - t / (y + 1e-7)) / n
 * </pre>
 *
 * <p>Source: {@code poisson} in {@code keras/src/losses/losses.py}.
 */
public final class Poisson extends ElementMean {
  /** The loss. */
  public Poisson() {
    super("poisson");
  }

  @Override
  double value(double t, double y) {
    return y - t * Math.log(y + Clip.EPSILON);
  }

  @Override
  double slope(double t, double y) {
    return 1 - t / (y + Clip.EPSILON);
  }

  /** The keys. */
  @Description(
      "The Poisson loss, for targets that are counts and outputs that are expected values.")
  public record Config() {}

  /** Brings {@code Poisson}. */
  public static final class Provider implements Loss.Provider<Config> {
    @Override
    public String id() {
      return "Poisson";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Loss create(Config config, Semantics semantics) {
      return new Poisson();
    }
  }
}
