package org.rondoml.standard.losses;

import java.util.List;
import java.util.Optional;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.OldName;

/**
 * The mean of the logarithms of the differences' hyperbolic cosines. For a row of n elements with
 * target t and output y:
 *
 * <pre>
 * x        = y - t
 * value    = sum (x + softplus(-2x) - log 2) / n
 * gradient = tanh(x) / n
 * </pre>
 *
 * <p>The logarithm of 2 is in single precision, as in Keras. Source: {@code log_cosh} in {@code
 * keras/src/losses/losses.py}.
 */
public final class LogCosh extends ElementMean {
  private static final double LOG_2 = (float) Math.log(2);

  /** The loss. */
  public LogCosh() {
    super("log_cosh");
  }

  @Override
  public Optional<String> doubt(Activation activation) {
    return Expectation.NUMBERS.doubt(activation);
  }

  @Override
  double value(double t, double y) {
    double x = Math.abs(y - t); // even: softplus(-2x) = -2x + softplus(2x)
    return x + Math.log1p(Math.exp(-2 * x)) - LOG_2;
  }

  @Override
  double slope(double t, double y) {
    return Math.tanh(y - t);
  }

  /** The keys. */
  @Description("The mean of the logarithms of the hyperbolic cosines of the differences.")
  public record Config() {}

  /** Brings {@code LogCosh}. */
  public static final class Provider implements Loss.Provider<Config> {
    @Override
    public String id() {
      return "LogCosh";
    }

    @Override
    public List<OldName> oldNames() {
      return List.of(OldName.beforeKeras3("logcosh"));
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Loss create(Config config, Semantics semantics) {
      return new LogCosh();
    }
  }
}
