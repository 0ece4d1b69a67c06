package org.rondoml.standard.metrics;

import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.losses.TargetShape;

/**
 * The mean over rows of the correlation of target t and output y, from -1 to 1:
 *
 * <pre>
 * value = sum (t - mean t) (y - mean y) / (n std t std y)
 * </pre>
 *
 * <p>It is no number for a row of equal elements, such as a single one. Source: {@code
 * pearson_correlation} in {@code keras/src/metrics/correlation_metrics.py}.
 */
public final class PearsonCorrelation extends MeanOverRows {
  private static final String NAME = "pearson_correlation";

  private final int axis;

  /** The metric with its keys. */
  public PearsonCorrelation(Config config) {
    super(config.name());
    this.axis = config.axis();
  }

  @Override
  public Metric resolve(Shape target, Shape output, Loss loss) {
    TargetShape.checkElementWise(NAME, target, output);
    if (axis != -1 && axis != output.rank()) {
      throw new ShapeMismatchException(
          NAME + " along axis " + axis + ": expected -1, the last axis, within each sample");
    }
    return this;
  }

  @Override
  protected double value(Vec target, Vec output) {
    int n = output.length();
    double t = target.sum() / n;
    double y = output.sum() / n;
    double together = 0;
    double ofTarget = 0;
    double ofOutput = 0;
    for (int k = 0; k < n; k++) {
      double a = target.get(k) - t;
      double b = output.get(k) - y;
      together += a * b;
      ofTarget += a * a;
      ofOutput += b * b;
    }
    return together / Math.sqrt(ofTarget) / Math.sqrt(ofOutput);
  }

  /**
   * The keys.
   *
   * @param name the name in the log and the history
   * @param axis the axis along which it is computed
   */
  @KnownIn(value = Semantics.KERAS3, cure = "write semantics: keras3")
  @Description("The mean correlation of the elements of target and output, from -1 to 1.")
  public record Config(
      @Description("the name in the log and the history") @Default(NAME) String name,
      @Description("the axis along which it is computed, which is the last") @Default("-1")
          int axis) {}

  /** Brings {@code PearsonCorrelation}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "PearsonCorrelation";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new PearsonCorrelation(config);
    }
  }
}
