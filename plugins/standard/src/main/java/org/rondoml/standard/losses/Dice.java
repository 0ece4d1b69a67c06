package org.rondoml.standard.losses;

import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.OneOrMany;

/**
 * How little targets t and outputs y overlap, from 0 to 1. With {@linkplain Overlap sums} over
 * axes:
 *
 * <pre>
 * s        = sum t + sum y + 1e-7
 * value    = 1 - 2 sum t y / s
 * gradient = -2 t / s + 2 sum t y / s²
 * </pre>
 *
 * <p>Source: {@code dice} in {@code keras/src/losses/losses.py}.
 */
public final class Dice {
  private Dice() {}

  private record Formula() implements Overlap.Formula {
    @Override
    public double value(double i, double a, double b) {
      return 1 - 2 * i / (a + b + Clip.EPSILON);
    }

    @Override
    public double byOverlap(double i, double a, double b) {
      return -2 / (a + b + Clip.EPSILON);
    }

    @Override
    public double byOutput(double i, double a, double b) {
      double s = a + b + Clip.EPSILON;
      return 2 * i / (s * s);
    }
  }

  /**
   * The keys.
   *
   * @param axis the axes to sum over; null for all
   */
  @KnownIn(value = Semantics.KERAS3, cure = "write semantics: keras3")
  @Description("How little targets and outputs overlap, from 0 to 1.")
  public record Config(
      @Description("the axes to sum over, the samples' being 0; all when absent")
          @Nullable OneOrMany<Integer> axis) {}

  /** Brings {@code Dice}. */
  public static final class Provider implements Loss.Provider<Config> {
    @Override
    public String id() {
      return "Dice";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Loss create(Config config, Semantics semantics) {
      return new Overlap("dice", new Formula(), config.axis());
    }
  }
}
