package org.rondoml.standard.metrics;

import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.OneOrMany;

/**
 * The share of those found among the elements that are positive:
 *
 * <pre>
 * value = tp / (tp + fn), 0 where there are none
 * </pre>
 *
 * <p>With several thresholds there is a figure at each, {@code recall[0]}, {@code recall[1]} and so
 * on in the history, in evaluations and for a monitor; the line of progress has their mean, as
 * Keras' line has.
 *
 * <p>Source: {@code Recall} in {@code keras/src/metrics/confusion_metrics.py}.
 */
public final class Recall extends AtThresholds {
  /** Without a threshold of their own, all of the k best are taken for positive. */
  private static final double ANY = -1e10;

  /**
   * The metric with its keys.
   *
   * @param semantics whether masked steps count
   */
  public Recall(Config config, Semantics semantics) {
    super(
        config.name(),
        "recall",
        semantics,
        config.thresholds(),
        config.topK() == null ? 0.5 : ANY,
        Selection.of(config.topK(), config.classId()));
  }

  @Override
  double result(Counts counts, int threshold) {
    return counts.recall(threshold);
  }

  /**
   * The keys.
   *
   * @param thresholds what counts as positive
   * @param topK how many of the largest outputs of a row can be taken for positive
   * @param classId the only class that counts
   * @param name the name in the log and the history; null for Keras' automatic one
   */
  @Description("The share of those found among the elements that are positive.")
  public record Config(
      @Description(
              "outputs above it are taken for positive, others for negative; 0.5 when absent, or any"
                  + " with top_k; a figure for each of a list")
          @Nullable OneOrMany<Double> thresholds,
      @Description("only so many with the largest outputs of a row are taken for positive")
          @Positive
          @Nullable Integer topK,
      @Description("the only class that counts; all when absent") @PositiveOrZero
          @Nullable Integer classId,
      @Description("the name in the log and the history; recall, recall_1, ... when absent")
          @Nullable String name) {
    /** Checks the thresholds. */
    public Config {
      Thresholds.check(thresholds);
    }
  }

  /** Brings {@code Recall}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "Recall";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new Recall(config, semantics);
    }
  }
}
