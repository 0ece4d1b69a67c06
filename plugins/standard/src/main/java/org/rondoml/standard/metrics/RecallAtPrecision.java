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
 * The best recall, tp / (tp + fn), of all thresholds with at least some precision, tp / (tp + fp);
 * 0 where there are none.
 *
 * <p>Source: {@code RecallAtPrecision} in {@code keras/src/metrics/confusion_metrics.py}.
 */
public final class RecallAtPrecision extends Confusion {
  private final double least;

  /**
   * The metric with its keys.
   *
   * @param semantics whether masked steps count
   */
  public RecallAtPrecision(Config config, Semantics semantics) {
    super(
        config.name(),
        "recall_at_precision",
        semantics,
        Thresholds.evenly(config.numThresholds()),
        Selection.of(null, config.classId()));
    this.least = config.precision();
  }

  @Override
  double result(Counts counts) {
    double best = 0;
    for (int i = 0; i < counts.thresholds(); i++) {
      if (counts.precision(i) >= least) {
        best = Math.max(best, counts.recall(i));
      }
    }
    return best;
  }

  /**
   * The keys.
   *
   * @param precision the least that thresholds must have
   * @param numThresholds how many thresholds are tried
   * @param classId the only class that counts
   * @param name the name in the log and the history; null for Keras' automatic one
   */
  @Description("The best recall of all thresholds with at least some precision.")
  public record Config(
      @Description("the least that thresholds must have, from 0 to 1")
          @DecimalMin("0")
          @DecimalMax("1")
          double precision,
      @Description("how many thresholds are tried, evenly from 0 to 1") @Default("200") @Positive
          int numThresholds,
      @Description("the only class that counts; all when absent") @PositiveOrZero
          @Nullable Integer classId,
      @Description("the name in the log and the history; recall_at_precision, ... when absent")
          @Nullable String name) {}

  /** Brings {@code RecallAtPrecision}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "RecallAtPrecision";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new RecallAtPrecision(config, semantics);
    }
  }
}
