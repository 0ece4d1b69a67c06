package org.rondoml.standard.metrics;

import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Metric;

/**
 * The mean over rows of the {@linkplain org.rondoml.standard.losses.Hinge loss} of the same name.
 *
 * <p>Source: Keras, {@code keras/src/metrics/hinge_metrics.py}.
 */
public final class Hinge {
  private Hinge() {}

  /**
   * The keys.
   *
   * @param name the name in the log and the history
   */
  @Description("The mean of the margins that outputs lack, for labels -1 and 1 (or 0 and 1).")
  public record Config(
      @Description("the name in the log and the history") @Default("hinge") String name) {}

  /** Brings {@code Hinge}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "Hinge";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new LossMean(config.name(), new org.rondoml.standard.losses.Hinge(), semantics);
    }
  }
}
