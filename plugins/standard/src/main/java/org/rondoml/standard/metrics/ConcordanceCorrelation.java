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
 * The mean over rows of how far target t and output y agree, from -1 to 1. As Keras computes it,
 * with the output's mean in the place of the target's:
 *
 * <pre>
 * value = 2 sum (t - mean y) (y - mean y) / n / (var t + var y + (mean t - mean y)² + 1e-7)
 * </pre>
 *
 * <p>Source: {@code concordance_correlation} in {@code keras/src/metrics/correlation_metrics.py}.
 */
public final class ConcordanceCorrelation extends MeanOverRows {
  private static final String NAME = "concordance_correlation";

  private final int axis;

  /** The metric with its keys. */
  public ConcordanceCorrelation(Config config) {
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
      together += (target.get(k) - y) * (output.get(k) - y);
      ofTarget += Math.pow(target.get(k) - t, 2);
      ofOutput += Math.pow(output.get(k) - y, 2);
    }
    double norm = ofTarget / n + ofOutput / n + (t - y) * (t - y);
    return 2 * together / n / (norm + 1e-7);
  }

  /**
   * The keys.
   *
   * @param name the name in the log and the history
   * @param axis the axis along which it is computed
   */
  @KnownIn(value = Semantics.KERAS3, cure = "write semantics: keras3")
  @Description("How far the elements of target and output agree, from -1 to 1.")
  public record Config(
      @Description("the name in the log and the history") @Default(NAME) String name,
      @Description("the axis along which it is computed, which is the last") @Default("-1")
          int axis) {}

  /** Brings {@code ConcordanceCorrelation}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "ConcordanceCorrelation";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new ConcordanceCorrelation(config);
    }
  }
}
