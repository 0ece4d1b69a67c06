package org.rondoml.standard.metrics;

import jakarta.validation.constraints.PositiveOrZero;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
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
 * <p>Where {@code class_aggregation} is null, there is a figure of each element, {@code
 * r2_score[0]}, {@code r2_score[1]} and so on in the history, in evaluations and for a monitor; the
 * line of progress has their mean, as Keras' line has.
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
    VARIANCE_WEIGHTED_AVERAGE,
    /** Not at all. */
    NONE
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

  /** Whether the elements' scores stay apart. */
  private boolean isOfEach() {
    return config.classAggregation() == null || config.classAggregation() == Aggregation.NONE;
  }

  @Override
  public OptionalInt figures(Shape output) {
    if (!isOfEach() || output.rank() != 1) {
      return OptionalInt.empty();
    }
    if (output.dimension(-1) == Shape.UNKNOWN) {
      throw new ShapeMismatchException(
          config.name()
              + " has a score for each element, but their number isn't known from outputs of shape "
              + output
              + ": write class_aggregation: uniform_average or variance_weighted_average");
    }
    return OptionalInt.of(Math.toIntExact(output.dimension(-1)));
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
        double weight =
            config.classAggregation() == Aggregation.VARIANCE_WEIGHTED_AVERAGE ? variance(k) : 1;
        scores += weight * score(k);
        weights += weight;
      }
      return adjusted(scores / weights);
    }

    @Override
    public double[] results() {
      return isOfEach()
          ? IntStream.range(0, elements).mapToDouble(k -> adjusted(score(k))).toArray()
          : new double[] {result()};
    }

    /** The sum of the squared differences of an element's targets from their mean. */
    private double variance(int k) {
      double sum = sums[TARGETS * elements + k];
      return sums[SQUARES * elements + k] - sum * sum / sums[WEIGHTS * elements + k];
    }

    private double score(int k) {
      double score = 1 - sums[RESIDUALS * elements + k] / variance(k);
      return Double.isInfinite(score) ? 0 : score;
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
      @Description(
              "how the scores of the elements become one; none, or null, for a figure of each element")
          @Default("uniform_average")
          @Nullable Aggregation classAggregation,
      @Description("number of independent variables to adjust for; 0 for no adjustment")
          @Default("0")
          @PositiveOrZero
          int numRegressors,
      @Description("the name in the log and the history") @Default("r2_score") String name) {}

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
