package org.rondoml.standard.metrics;

import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Metric;
import org.rondoml.standard.losses.TargetShape;

/**
 * The share of elements whose output lies on the target's side of the threshold: mean of t == (y
 * &gt; threshold).
 *
 * <p>Source: Keras, {@code keras/src/metrics/accuracy_metrics.py}.
 */
public final class BinaryAccuracy extends MeanOverRows {
  private final float threshold; // as Keras has it, even in a float64 model

  /** The metric with its keys. */
  public BinaryAccuracy(Config config) {
    this(config.name(), config.threshold());
  }

  BinaryAccuracy(String name, double threshold) {
    super(name);
    this.threshold = (float) threshold;
  }

  @Override
  public Metric resolve(Shape target, Shape output, Loss loss) {
    TargetShape.checkElementWise("binary_accuracy", target, output);
    return this;
  }

  @Override
  protected double value(Vec target, Vec output) {
    int right = 0;
    for (int k = 0; k < output.length(); k++) {
      right += target.get(k) == (output.get(k) > threshold ? 1 : 0) ? 1 : 0;
    }
    return (double) right / output.length();
  }

  /**
   * The keys.
   *
   * @param name the name in the log and the history
   * @param threshold what counts as yes
   */
  @Description("The share of elements whose output lies on the target's side of the threshold.")
  public record Config(
      @Description("the name in the log and the history") @Default("binary_accuracy") String name,
      @Description("outputs above it count as 1, others as 0") @Default("0.5") double threshold) {}

  /** Brings {@code BinaryAccuracy}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "BinaryAccuracy";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new BinaryAccuracy(config);
    }
  }
}
