package org.rondoml.standard.metrics;

import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.OldName;

/**
 * The mean over rows of the loss {@link org.rondoml.standard.losses.LogCosh}.
 *
 * <p>Source: Keras, {@code keras/src/metrics/regression_metrics.py}.
 */
public final class LogCoshError {
  private LogCoshError() {}

  /**
   * The keys.
   *
   * @param name the name in the log and the history
   */
  @Description("The mean of the logarithms of the hyperbolic cosines of the differences.")
  public record Config(
      @Description("the name in the log and the history") @Default("logcosh") String name) {}

  /** Brings {@code LogCoshError}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "LogCoshError";
    }

    @Override
    public List<OldName> oldNames() {
      return List.of(OldName.beforeKeras3("logcosh"), OldName.beforeKeras3("log_cosh"));
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new LossMean(config.name(), new org.rondoml.standard.losses.LogCosh(), semantics);
    }
  }
}
