package org.rondoml.standard.losses;

import jakarta.validation.constraints.Positive;
import java.util.List;
import java.util.Optional;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.OldName;

/**
 * The mean of squared differences where they are small, of absolute ones elsewhere. For a row of n
 * elements with target t and output y, and d = delta:
 *
 * <pre>
 * e        = y - t
 * value    = sum (e² / 2 where |e| &lt;= d, else d |e| - d² / 2) / n
 * gradient = (e where |e| &lt;= d, else d sign(e)) / n
 * </pre>
 *
 * <p>tf1 and tf2 have d in single precision. Source: {@code huber} in {@code
 * keras/src/losses/losses.py} and {@code tf_keras/src/losses.py}.
 */
public final class Huber extends ElementMean {
  private final double delta;

  /**
   * The loss with its keys.
   *
   * @param semantics whose arithmetic it has
   */
  public Huber(Config config, Semantics semantics) {
    super("huber");
    double given = config.delta();
    this.delta = semantics == Semantics.KERAS3 ? given : (float) given;
  }

  @Override
  public Optional<String> doubt(Activation activation) {
    return Expectation.NUMBERS.doubt(activation);
  }

  @Override
  double value(double t, double y) {
    double e = Math.abs(y - t);
    return e <= delta ? e * e / 2 : delta * e - delta * delta / 2;
  }

  @Override
  double slope(double t, double y) {
    double e = y - t;
    return Math.abs(e) <= delta ? e : delta * Math.signum(e);
  }

  /**
   * The keys.
   *
   * @param delta where squares go over into absolute values
   */
  @Description("The mean of the differences, squared where they are small, absolute elsewhere.")
  @Example("Huber: {delta: 2.0}")
  public record Config(
      @Description("the difference where squares go over into absolute values")
          @Default("1.0")
          @Positive
          double delta) {}

  /** Brings {@code Huber}. */
  public static final class Provider implements Loss.Provider<Config> {
    @Override
    public String id() {
      return "Huber";
    }

    @Override
    public List<OldName> oldNames() {
      return List.of(OldName.beforeKeras3("huber_loss"));
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Loss create(Config config, Semantics semantics) {
      return new Huber(config, semantics);
    }
  }
}
