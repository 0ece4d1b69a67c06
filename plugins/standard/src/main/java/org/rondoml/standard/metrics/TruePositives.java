package org.rondoml.standard.metrics;

import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.OneOrMany;

/**
 * The number of elements that are positive, and taken for it.
 *
 * <p>Source: {@code TruePositives} in {@code keras/src/metrics/confusion_metrics.py}.
 */
public final class TruePositives extends Confusion {
  /**
   * The metric with its keys.
   *
   * @param semantics whether masked steps count
   */
  public TruePositives(Config config, Semantics semantics) {
    super(
        config.name(),
        "true_positives",
        semantics,
        Thresholds.single(config.thresholds(), 0.5),
        Selection.ALL);
  }

  @Override
  double result(Counts counts) {
    return counts.tp(0);
  }

  /**
   * The keys.
   *
   * @param thresholds what counts as positive
   * @param name the name in the log and the history; null for Keras' automatic one
   */
  @Description("The number of elements that are positive, and taken for it.")
  public record Config(
      @Description("outputs above it are taken for positive, others for negative; 0.5 when absent")
          @Nullable OneOrMany<Double> thresholds,
      @Description(
              "the name in the log and the history; true_positives, true_positives_1, ... when absent")
          @Nullable String name) {
    /** Checks the threshold. */
    public Config {
      Thresholds.check("TruePositives", thresholds);
    }
  }

  /** Brings {@code TruePositives}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "TruePositives";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new TruePositives(config, semantics);
    }
  }
}
