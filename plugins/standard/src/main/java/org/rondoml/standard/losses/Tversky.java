package org.rondoml.standard.losses;

import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.OneOrMany;

/**
 * How little targets t and outputs y overlap, from 0 to 1, with weights for what either has alone.
 * With {@linkplain Overlap sums} over axes:
 *
 * <pre>
 * i        = sum t y
 * s        = i + alpha sum t (1 - y) + beta sum y (1 - t) + 1e-7
 * value    = 1 - i / s
 * gradient = -t / s + i ((1 - alpha - beta) t + beta) / s²
 * </pre>
 *
 * <p>Source: Salehi et al. 2017, <a href="https://arxiv.org/abs/1706.05721">Tversky loss
 * function</a>; {@code tversky} in {@code keras/src/losses/losses.py}.
 */
public final class Tversky {
  private Tversky() {}

  private record Formula(double alpha, double beta) implements Overlap.Formula {
    private double s(double i, double a, double b) {
      return i + alpha * (a - i) + beta * (b - i) + Clip.EPSILON;
    }

    @Override
    public double value(double i, double a, double b) {
      return 1 - i / s(i, a, b);
    }

    @Override
    public double byOverlap(double i, double a, double b) {
      double s = s(i, a, b);
      return -1 / s + i * (1 - alpha - beta) / (s * s);
    }

    @Override
    public double byOutput(double i, double a, double b) {
      double s = s(i, a, b);
      return i * beta / (s * s);
    }
  }

  /**
   * The keys.
   *
   * @param alpha the weight of what targets have alone
   * @param beta the weight of what outputs have alone
   * @param axis the axes to sum over; null for all
   */
  @KnownIn(value = Semantics.KERAS3, cure = "write semantics: keras3")
  @Description("How little targets and outputs overlap, with weights for what either has alone.")
  public record Config(
      @Description("weight of what targets have alone") @Default("0.5") double alpha,
      @Description("weight of what outputs have alone") @Default("0.5") double beta,
      @Description("the axes to sum over, the samples' being 0; all when absent")
          @Nullable OneOrMany<Integer> axis) {}

  /** Brings {@code Tversky}. */
  public static final class Provider implements Loss.Provider<Config> {
    @Override
    public String id() {
      return "Tversky";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Loss create(Config config, Semantics semantics) {
      return new Overlap("tversky", new Formula(config.alpha(), config.beta()), config.axis());
    }
  }
}
