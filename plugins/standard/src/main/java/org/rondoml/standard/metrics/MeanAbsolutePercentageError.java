package org.rondoml.standard.metrics;

import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Metric;

/**
 * The mean over rows of the {@linkplain org.rondoml.standard.losses.MeanAbsolutePercentageError
 * loss} of the same name.
 *
 * <p>Source: Keras, {@code keras/src/metrics/regression_metrics.py}.
 */
public final class MeanAbsolutePercentageError {
  private MeanAbsolutePercentageError() {}

  /**
   * The keys.
   *
   * @param name the name in the log and the history
   */
  @Description(
      "The mean of the absolute differences between output and target, in percent of the target.")
  public record Config(
      @Description("the name in the log and the history") @Default("mean_absolute_percentage_error")
          String name) {}

  /** Brings {@code MeanAbsolutePercentageError}. */
  public static final class Provider implements Metric.Provider<Config> {
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
    public Metric create(Config config, Semantics semantics) {
      return new LossMean(
          config.name(), new org.rondoml.standard.losses.MeanAbsolutePercentageError(), semantics);
    }
  }
}
