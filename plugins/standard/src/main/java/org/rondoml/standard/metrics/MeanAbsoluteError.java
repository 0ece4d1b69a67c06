package org.rondoml.standard.metrics;

import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Metric;

/**
 * The mean over rows of the {@linkplain org.rondoml.standard.losses.MeanAbsoluteError loss} of the
 * same name.
 *
 * <p>Source: Keras, {@code keras/src/metrics/regression_metrics.py}.
 */
public final class MeanAbsoluteError {
  private MeanAbsoluteError() {}

  /**
   * The keys.
   *
   * @param name the name in the log and the history
   */
  @Description("The mean of the absolute differences between output and target.")
  public record Config(
      @Description("the name in the log and the history") @Default("mean_absolute_error")
          String name) {}

  /** Brings {@code MeanAbsoluteError}. */
  public static final class Provider implements Metric.Provider<Config> {
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
    public Metric create(Config config, Semantics semantics) {
      return new LossMean(
          config.name(), new org.rondoml.standard.losses.MeanAbsoluteError(), semantics);
    }
  }
}
