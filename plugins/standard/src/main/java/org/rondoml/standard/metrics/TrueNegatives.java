package org.rondoml.standard.metrics;

import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.OneOrMany;

/**
 * The number of elements that are negative, and taken for it.
 *
 * <p>With several thresholds there is a figure at each, {@code true_negatives[0]}, {@code
 * true_negatives[1]} and so on in the history, in evaluations and for a monitor; the line of
 * progress has their mean, as Keras' line has.
 *
 * <p>Source: {@code TrueNegatives} in {@code keras/src/metrics/confusion_metrics.py}.
 */
public final class TrueNegatives extends AtThresholds {
  /**
   * The metric with its keys.
   *
   * @param semantics whether masked steps count
   */
  public TrueNegatives(Config config, Semantics semantics) {
    super(config.name(), "true_negatives", semantics, config.thresholds(), 0.5, Selection.ALL);
  }

  @Override
  double result(Counts counts, int threshold) {
    return counts.tn(threshold);
  }

  /**
   * The keys.
   *
   * @param thresholds what counts as positive
   * @param name the name in the log and the history; null for Keras' automatic one
   */
  @Description("The number of elements that are negative, and taken for it.")
  public record Config(
      @Description(
              "outputs above it are taken for positive, others for negative; 0.5 when"
                  + " absent, and a figure for each of a list")
          @Nullable OneOrMany<Double> thresholds,
      @Description(
              "the name in the log and the history; true_negatives, true_negatives_1, ... when absent")
          @Nullable String name) {
    /** Checks the thresholds. */
    public Config {
      Thresholds.check(thresholds);
    }
  }

  /** Brings {@code TrueNegatives}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "TrueNegatives";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new TrueNegatives(config, semantics);
    }
  }
}
