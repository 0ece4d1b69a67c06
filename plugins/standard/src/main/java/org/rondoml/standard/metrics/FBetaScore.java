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
 * The harmonic mean of precision and recall, weighted; see {@link FScore}.
 *
 * <p>Where {@code average} is null, there is a figure of each class, {@code fbeta_score[0]}, {@code
 * fbeta_score[1]} and so on in the history, in evaluations and for a monitor; the line of progress
 * has their mean, as Keras' line has.
 *
 * <p>Source: Keras, {@code keras/src/metrics/f_score_metrics.py}.
 */
public final class FBetaScore {
  private FBetaScore() {}

  /**
   * The keys.
   *
   * @param average how the scores of the classes become one
   * @param beta how much more recall counts than precision
   * @param threshold what counts as positive; null for the largest output of a row
   * @param name the name in the log and the history
   */
  @Description("The harmonic mean of precision and recall, weighted.")
  @Example("FBetaScore: {average: macro, beta: 2.0}")
  public record Config(
      @Description(
              "how the scores of the classes become one: micro, macro or weighted; none, or"
                  + " null, for a figure of each class")
          FScore.@Nullable Average average,
      @Description("how much more recall counts than precision")
          @Default("1.0")
          @DecimalMin(value = "0", inclusive = false)
          double beta,
      @Description("outputs above it are taken for positive; only the largest of a row when absent")
          @DecimalMin(value = "0", inclusive = false)
          @DecimalMax("1")
          @Nullable Double threshold,
      @Description("the name in the log and the history") @Default("fbeta_score") String name) {}

  /** Brings {@code FBetaScore}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "FBetaScore";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new FScore(
          config.name(), config.average(), config.beta(), config.threshold(), semantics);
    }
  }
}
