package org.rondoml.standard.losses;

import java.util.List;
import java.util.Optional;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Loss;

/**
 * The mean of absolute differences in percent of the target. For a row of n elements with target t
 * and output y:
 *
 * <pre>
 * m        = max(|t|, 1e-7)
 * value    = 100 sum |t - y| / m / n
 * gradient = 100 sign(y - t) / m / n
 * </pre>
 *
 * <p>Source: {@code mean_absolute_percentage_error} in {@code keras/src/losses/losses.py}.
 */
public final class MeanAbsolutePercentageError extends ElementMean {
  /** The loss. */
  public MeanAbsolutePercentageError() {
    super("mean_absolute_percentage_error");
  }

  @Override
  public Optional<String> doubt(Activation activation) {
    return Expectation.NUMBERS.doubt(activation);
  }

  @Override
  double value(double t, double y) {
    return 100 * Math.abs(t - y) / size(t);
  }

  @Override
  double slope(double t, double y) {
    return 100 * Math.signum(y - t) / size(t);
  }

  private static double size(double t) {
    return Math.max(Math.abs(t), Clip.EPSILON);
  }

  /** The keys. */
  @Description(
      "The mean of the absolute differences between target and output, in percent of the target.")
  public record Config() {}

  /** Brings {@code MeanAbsolutePercentageError}. */
  public static final class Provider implements Loss.Provider<Config> {
    @Override
    public String id() {
      return "MeanAbsolutePercentageError";
    }

    @Override
    public List<String> aliases() {
      return List.of("mape", "MAPE");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Loss create(Config config, Semantics semantics) {
      return new MeanAbsolutePercentageError();
    }
  }
}
