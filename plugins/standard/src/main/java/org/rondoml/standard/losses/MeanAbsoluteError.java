package org.rondoml.standard.losses;

import java.util.List;
import java.util.Optional;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Loss;

/**
 * The mean of absolute differences. For a row of n elements with target t and output y:
 *
 * <pre>
 * value    = sum |y - t| / n
 * gradient = sign(y - t) / n, 0 where they are equal
 * </pre>
 *
 * <p>Source: {@code mean_absolute_error} in {@code keras/src/losses/losses.py}.
 */
public final class MeanAbsoluteError extends ElementMean {
  /** The loss. */
  public MeanAbsoluteError() {
    super("mean_absolute_error");
  }

  @Override
  public Optional<String> doubt(Activation activation) {
    return Expectation.NUMBERS.doubt(activation);
  }

  @Override
  double value(double t, double y) {
    return Math.abs(y - t);
  }

  @Override
  double slope(double t, double y) {
    return Math.signum(y - t);
  }

  /** The keys. */
  @Description("The mean of the absolute differences between target and output.")
  public record Config() {}

  /** Brings {@code MeanAbsoluteError}. */
  public static final class Provider implements Loss.Provider<Config> {
    @Override
    public String id() {
      return "MeanAbsoluteError";
    }

    @Override
    public List<String> aliases() {
      return List.of("mae", "MAE");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Loss create(Config config, Semantics semantics) {
      return new MeanAbsoluteError();
    }
  }
}
