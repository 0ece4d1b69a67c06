package org.rondoml.standard.metrics;

import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.OldName;

/**
 * The mean over rows of the {@linkplain org.rondoml.standard.losses.KLDivergence loss} of the same
 * name.
 *
 * <p>Source: Keras, {@code keras/src/metrics/probabilistic_metrics.py}.
 */
public final class KLDivergence {
  private KLDivergence() {}

  /**
   * The keys.
   *
   * @param name the name in the log and the history
   */
  @Description(
      "The mean Kullback-Leibler divergence of the output's distribution from the target's.")
  public record Config(
      @Description("the name in the log and the history")
          @Default(
              value = "kl_divergence",
              tf1 = "kullback_leibler_divergence",
              tf2 = "kullback_leibler_divergence")
          String name) {}

  /** Brings {@code KLDivergence}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "KLDivergence";
    }

    @Override
    public List<OldName> oldNames() {
      return List.of(OldName.beforeKeras3("kullback_leibler_divergence"));
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new LossMean(config.name(), new org.rondoml.standard.losses.KLDivergence(), semantics);
    }
  }
}
