package org.rondoml.standard.metrics;

import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Metric;

/**
 * The mean over rows of the {@linkplain org.rondoml.standard.losses.CategoricalHinge loss} of the
 * same name.
 *
 * <p>Source: Keras, {@code keras/src/metrics/hinge_metrics.py}.
 */
public final class CategoricalHinge {
  private CategoricalHinge() {}

  /**
   * The keys.
   *
   * @param name the name in the log and the history
   */
  @Description(
      "The mean margin that the output of the right class lacks before the largest of the others.")
  public record Config(
      @Description("the name in the log and the history") @Default("categorical_hinge")
          String name) {}

  /** Brings {@code CategoricalHinge}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "CategoricalHinge";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new LossMean(
          config.name(), new org.rondoml.standard.losses.CategoricalHinge(), semantics);
    }
  }
}
