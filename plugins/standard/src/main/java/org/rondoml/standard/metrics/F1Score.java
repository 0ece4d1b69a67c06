package org.rondoml.standard.metrics;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Metric;

/**
 * The harmonic mean of precision and recall; see {@link FScore}.
 *
 * <p>Where {@code average} is null, there is a figure of each class, {@code f1_score[0]}, {@code
 * f1_score[1]} and so on in the history, in evaluations and for a monitor; the line of progress has
 * their mean, as Keras' line has.
 *
 * <p>Source: Keras, {@code keras/src/metrics/f_score_metrics.py}.
 */
public final class F1Score {
  private F1Score() {}

  /**
   * The keys.
   *
   * @param average how the scores of the classes become one
   * @param threshold what counts as positive; null for the largest output of a row
   * @param name the name in the log and the history
   */
  @Description("The harmonic mean of precision and recall.")
  @Example("F1Score: {average: macro}")
  public record Config(
      @Description(
              "how the scores of the classes become one: micro, macro or weighted; none, or"
                  + " null, for a figure of each class")
          FScore.@Nullable Average average,
      @Description("outputs above it are taken for positive; only the largest of a row when absent")
          @DecimalMin(value = "0", inclusive = false)
          @DecimalMax("1")
          @Nullable Double threshold,
      @Description("the name in the log and the history") @Default("f1_score") String name) {}

  /** Brings {@code F1Score}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "F1Score";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new FScore(config.name(), config.average(), 1, config.threshold(), semantics);
    }
  }
}
