package org.rondoml.standard.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.OneOrMany;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.losses.TargetShape;

/**
 * The mean difference between output y and target t, each in units of a number n:
 *
 * <pre>
 * value = mean_k |t_k - y_k| / n_k, 0 where n_k is 0
 * </pre>
 *
 * <p>Source: {@code MeanRelativeError} in {@code tf_keras/src/metrics/regression_metrics.py}.
 */
public final class MeanRelativeError extends MeanOverRows {
  private static final String NAME = "mean_relative_error";

  private final Config config;

  /** The metric with its keys. */
  public MeanRelativeError(Config config) {
    super(config.name() == null ? NAME : config.name());
    this.config = config;
  }

  @Override
  public boolean isNumbered() {
    return config.name() == null;
  }

  @Override
  public Metric resolve(Shape target, Shape output, Loss loss) {
    TargetShape.checkElementWise(NAME, target, output);
    int count = config.normalizer().values().size();
    if (count > 1 && (output.rank() == 0 || output.dimension(-1) != count)) {
      throw new ShapeMismatchException(
          NAME
              + " has "
              + count
              + " numbers of normalizer; found outputs of shape "
              + output
              + ": expected one number, or one for each element of the last axis");
    }
    return this;
  }

  @Override
  protected double value(Vec target, Vec output) {
    List<Double> n = config.normalizer().values();
    double sum = 0;
    for (int k = 0; k < output.length(); k++) {
      double unit = n.get(n.size() == 1 ? 0 : k);
      sum += unit == 0 ? 0 : Math.abs(target.get(k) - output.get(k)) / unit;
    }
    return sum / output.length();
  }

  /**
   * The keys.
   *
   * @param normalizer what differences are divided by
   * @param name the name in the log and the history; null for Keras' automatic one
   */
  @Description(
      "The mean of the absolute differences between output and target, divided by a number.")
  @Example("MeanRelativeError: {normalizer: [1, 3]}")
  @KnownIn(
      value = {Semantics.TF1, Semantics.TF2},
      cure = "MeanAbsolutePercentageError divides by the targets")
  public record Config(
      @Description(
              "what differences are divided by: a number, or one for each element of the last axis")
          OneOrMany<Double> normalizer,
      @Description(
              "the name in the log and the history; mean_relative_error, mean_relative_error_1, ..."
                  + " when absent")
          @Nullable String name) {}

  /** Brings {@code MeanRelativeError}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "MeanRelativeError";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new MeanRelativeError(config);
    }
  }
}
