package org.rondoml.standard.metrics;

import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.OneOrMany;

/**
 * The share of right ones among the elements that are taken for positive:
 *
 * <pre>
 * value = tp / (tp + fp), 0 where there are none
 * </pre>
 *
 * <p>With several thresholds there is a figure at each, {@code precision[0]}, {@code precision[1]}
 * and so on in the history, in evaluations and for a monitor; the line of progress has their mean,
 * as Keras' line has.
 *
 * <p>Source: {@code Precision} in {@code keras/src/metrics/confusion_metrics.py}.
 */
public final class Precision extends AtThresholds {
  /** Without a threshold of their own, all of the k best are taken for positive. */
  private static final double ANY = -1e10;

  /**
   * The metric with its keys.
   *
   * @param semantics whether masked steps count
   */
  public Precision(Config config, Semantics semantics) {
    super(
        config.name(),
        "precision",
        semantics,
        config.thresholds(),
        config.topK() == null ? 0.5 : ANY,
        Selection.of(config.topK(), config.classId()));
  }

  @Override
  double result(Counts counts, int threshold) {
    return counts.precision(threshold);
  }

  /**
   * The keys.
   *
   * @param thresholds what counts as positive
   * @param topK how many of the largest outputs of a row can be taken for positive
   * @param classId the only class that counts
   * @param name the name in the log and the history; null for Keras' automatic one
   */
  @Description("The share of right ones among the elements that are taken for positive.")
  @Example("Precision: {thresholds: 0.7}")
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
      @Description("the name in the log and the history; precision, precision_1, ... when absent")
          @Nullable String name) {
    /** Checks the thresholds. */
    public Config {
      Thresholds.check(thresholds);
    }
  }

  /** Brings {@code Precision}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "Precision";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new Precision(config, semantics);
    }
  }
}
