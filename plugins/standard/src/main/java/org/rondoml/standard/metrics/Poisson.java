package org.rondoml.standard.metrics;

import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Metric;

/**
 * The mean over rows of the {@linkplain org.rondoml.standard.losses.Poisson loss} of the same name.
 *
 * <p>Source: Keras, {@code keras/src/metrics/probabilistic_metrics.py}.
 */
public final class Poisson {
  private Poisson() {}

  /**
   * The keys.
   *
   * @param name the name in the log and the history
   */
  @Description("The mean Poisson loss.")
  public record Config(
      @Description("the name in the log and the history") @Default("poisson") String name) {}

  /** Brings {@code Poisson}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "Poisson";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new LossMean(config.name(), new org.rondoml.standard.losses.Poisson(), semantics);
    }
  }
}
