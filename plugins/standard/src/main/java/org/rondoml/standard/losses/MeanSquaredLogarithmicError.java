package org.rondoml.standard.losses;

import java.util.List;
import java.util.Optional;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Loss;

/**
 * The mean of squared differences of logarithms, for targets and outputs that are not negative. For
 * a row of n elements with target t and output y:
 *
 * <pre>
 * l(x)     = log(max(x, 1e-7) + 1)
 * value    = sum (l(y) - l(t))² / n
 * gradient = 2 (l(y) - l(t)) / (y + 1) / n, 0 where y &lt; 1e-7
 * </pre>
 *
 * <p>Source: {@code mean_squared_logarithmic_error} in {@code keras/src/losses/losses.py}.
 */
public final class MeanSquaredLogarithmicError extends ElementMean {
  /** The loss. */
  public MeanSquaredLogarithmicError() {
    super("mean_squared_logarithmic_error");
  }

  @Override
  public Optional<String> doubt(Activation activation) {
    return Expectation.NUMBERS.doubt(activation);
  }

  @Override
  double value(double t, double y) {
    double difference = log(y) - log(t);
    return difference * difference;
  }

  @Override
  double slope(double t, double y) {
    return y < Clip.EPSILON ? 0 : 2 * (log(y) - log(t)) / (y + 1);
  }

  private static double log(double x) {
    return Math.log(Math.max(x, Clip.EPSILON) + 1);
  }

  /** The keys. */
  @Description("The mean of the squared differences between the logarithms of target and output.")
  public record Config() {}

  /** Brings {@code MeanSquaredLogarithmicError}. */
  public static final class Provider implements Loss.Provider<Config> {
    @Override
    public String id() {
      return "MeanSquaredLogarithmicError";
    }

    @Override
    public List<String> aliases() {
      return List.of("msle", "MSLE");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Loss create(Config config, Semantics semantics) {
      return new MeanSquaredLogarithmicError();
    }
  }
}
