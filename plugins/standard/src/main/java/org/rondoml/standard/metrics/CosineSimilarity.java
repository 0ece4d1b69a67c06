package org.rondoml.standard.metrics;

import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.OldName;

/**
 * The mean over rows of the negative of the loss {@link
 * org.rondoml.standard.losses.CosineSimilarity}: 1 for the same direction.
 *
 * <p>Source: Keras, {@code keras/src/metrics/regression_metrics.py}.
 */
public final class CosineSimilarity {
  private CosineSimilarity() {}

  /**
   * The keys.
   *
   * @param name the name in the log and the history
   * @param axis the axis along which directions are compared
   */
  @Description("How far the output's direction is the target's, from -1 to 1.")
  public record Config(
      @Description("the name in the log and the history") @Default("cosine_similarity") String name,
      @Description("the axis along which directions are compared, the samples' being 0")
          @Default("-1")
          int axis) {}

  /** Brings {@code CosineSimilarity}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "CosineSimilarity";
    }

    @Override
    public List<OldName> oldNames() {
      return List.of(OldName.beforeKeras3("cosine_proximity"));
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new LossMean(
              config.name(),
              new org.rondoml.standard.losses.CosineSimilarity(
                  new org.rondoml.standard.losses.CosineSimilarity.Config(config.axis()),
                  semantics),
              semantics)
          .negated();
    }
  }
}
