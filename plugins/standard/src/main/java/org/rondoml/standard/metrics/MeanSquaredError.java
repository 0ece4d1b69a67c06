package org.rondoml.standard.metrics;

import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Metric;

/**
 * The mean over rows of the {@linkplain org.rondoml.standard.losses.MeanSquaredError loss} of the
 * same name.
 *
 * <p>Source: Keras, {@code keras/src/metrics/regression_metrics.py}.
 */
public final class MeanSquaredError {
  private MeanSquaredError() {}

  /**
   * The keys.
   *
   * @param name the name in the log and the history
   */
  @Description("The mean of the squared differences between output and target.")
  public record Config(
      @Description("the name in the log and the history") @Default("mean_squared_error")
          String name) {}

  /** Brings {@code MeanSquaredError}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "MeanSquaredError";
    }

    @Override
    public List<String> aliases() {
      return List.of("mse", "MSE");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new LossMean(
          config.name(), new org.rondoml.standard.losses.MeanSquaredError(), semantics);
    }
  }
}
