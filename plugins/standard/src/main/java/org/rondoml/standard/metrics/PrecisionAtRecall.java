package org.rondoml.standard.metrics;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Metric;

/**
 * The best precision, tp / (tp + fp), of all thresholds with at least some recall, tp / (tp + fn);
 * 0 where there are none.
 *
 * <p>Source: {@code PrecisionAtRecall} in {@code keras/src/metrics/confusion_metrics.py}.
 */
public final class PrecisionAtRecall extends Confusion {
  private final double least;

  /**
   * The metric with its keys.
   *
   * @param semantics whether masked steps count
   */
  public PrecisionAtRecall(Config config, Semantics semantics) {
    super(
        config.name(),
        "precision_at_recall",
        semantics,
        Thresholds.evenly(config.numThresholds()),
        Selection.of(null, config.classId()));
    this.least = config.recall();
  }

  @Override
  double result(Counts counts) {
    double best = 0;
    for (int i = 0; i < counts.thresholds(); i++) {
      if (counts.recall(i) >= least) {
        best = Math.max(best, counts.precision(i));
      }
    }
    return best;
  }

  /**
   * The keys.
   *
   * @param recall the least that thresholds must have
   * @param numThresholds how many thresholds are tried
   * @param classId the only class that counts
   * @param name the name in the log and the history; null for Keras' automatic one
   */
  @Description("The best precision of all thresholds with at least some recall.")
  public record Config(
      @Description("the least that thresholds must have, from 0 to 1")
          @DecimalMin("0")
          @DecimalMax("1")
          double recall,
      @Description("how many thresholds are tried, evenly from 0 to 1") @Default("200") @Positive
          int numThresholds,
      @Description("the only class that counts; all when absent") @PositiveOrZero
          @Nullable Integer classId,
      @Description("the name in the log and the history; precision_at_recall, ... when absent")
          @Nullable String name) {}

  /** Brings {@code PrecisionAtRecall}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "PrecisionAtRecall";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new PrecisionAtRecall(config, semantics);
    }
  }
}
