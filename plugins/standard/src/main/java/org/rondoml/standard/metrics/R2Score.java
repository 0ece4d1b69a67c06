package org.rondoml.standard.metrics;

import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.losses.TargetShape;

/**
 * How much of the targets' variance the outputs explain: 1 for all, 0 for as much as their mean
 * does. For target t and output y, over all samples with weights w:
 *
 * <pre>
 * v     = sum w t² - (sum w t)² / sum w
 * score = 1 - sum w (t - y)² / v, 0 where that is infinite
 * value = mean of the scores of all elements      uniform_average
 *         sum v score / sum v                     variance_weighted_average
 * </pre>
 *
 * <p>With num_regressors p, and n the number of all targets, the value is adjusted to 1 - (1 -
 * value) (n - 1) / (n - p - 1), unless that has nothing to divide by.
 *
 * <p>Source: {@code R2Score} in {@code keras/src/metrics/regression_metrics.py}.
 */
public final class R2Score implements Metric {
  private final Config config;
  private final int elements;

  /** How the scores of the elements become one. */
  public enum Aggregation {
    /** Their mean. */
    UNIFORM_AVERAGE,
    /** Their mean, with the variances of the targets as weights. */
    VARIANCE_WEIGHTED_AVERAGE
  }

  /** The metric with its keys. */
  public R2Score(Config config) {
    this(config, 0);
  }

  private R2Score(Config config, int elements) {
    this.config = config;
    this.elements = elements;
  }

  @Override
  public String name() {
    return config.name();
  }

  @Override
  public Metric resolve(Shape target, Shape output, Loss loss) {
    TargetShape.checkElementWise("r2_score", target, output);
    if (output.rank() != 1) {
      throw new ShapeMismatchException(
          "r2_score takes one row a sample; found outputs of shape " + output);
    }
    return new R2Score(config, Math.toIntExact(output.dimension(-1)));
  }

  @Override
  public State start() {
    return new Sums();
  }

  /** Sums of each element, one kind after the other, and at the end the number of targets. */
  private final class Sums implements State {
    private static final int TARGETS = 0;
    private static final int SQUARES = 1;
    private static final int RESIDUALS = 2;
    private static final int WEIGHTS = 3;

    private final double[] sums = new double[4 * elements + 1];

    @Override
    public void add(Vec target, Vec output, double weight) {
      for (int k = 0; k < elements; k++) {
        double t = target.get(k);
        double e = t - output.get(k);
        sums[TARGETS * elements + k] += weight * t;
        sums[SQUARES * elements + k] += weight * t * t;
        sums[RESIDUALS * elements + k] += weight * e * e;
        sums[WEIGHTS * elements + k] += weight;
      }
      sums[4 * elements] += elements;
    }

    @Override
    public void add(State other) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += ((Sums) other).sums[i];
      }
    }

    @Override
    public double result() {
      double scores = 0;
      double weights = 0;
      for (int k = 0; k < elements; k++) {
        double sum = sums[TARGETS * elements + k];
        double v = sums[SQUARES * elements + k] - sum * sum / sums[WEIGHTS * elements + k];
        double score = 1 - sums[RESIDUALS * elements + k] / v;
        double weight = config.classAggregation() == Aggregation.UNIFORM_AVERAGE ? 1 : v;
        scores += weight * (Double.isInfinite(score) ? 0 : score);
        weights += weight;
      }
      return adjusted(scores / weights);
    }

    private double adjusted(double value) {
      double n = sums[4 * elements];
      int p = config.numRegressors();
      return p == 0 || p >= n - 1 ? value : 1 - (1 - value) * (n - 1) / (n - p - 1);
    }

    @Override
    public double[] snapshot() {
      return sums.clone();
    }

    @Override
    public void restore(double[] snapshot) {
      System.arraycopy(snapshot, 0, sums, 0, sums.length);
    }
  }

  /**
   * The keys.
   *
   * @param classAggregation how the scores of the elements become one
   * @param numRegressors the number of independent variables to adjust for
   * @param name the name in the log and the history
   */
  @Description("How much of the targets' variance the outputs explain: 1 for all of it.")
  public record Config(
      @Description("how the scores of the elements become one") @Default("uniform_average")
          @Nullable Aggregation classAggregation,
      @Description("number of independent variables to adjust for; 0 for no adjustment")
          @Default("0")
          @PositiveOrZero
          int numRegressors,
      @Description("the name in the log and the history") @Default("r2_score") String name) {
    /** Checks that there is one score. */
    public Config {
      if (classAggregation == null) {
        throw new ConfigException(
            "class_aggregation",
            "without it there is a score for each element, but the log has one figure a metric:"
                + " write uniform_average or variance_weighted_average");
      }
    }
  }

  /** Brings {@code R2Score}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "R2Score";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new R2Score(config);
    }
  }
}
