package org.rondoml.standard.metrics;

import jakarta.validation.constraints.Positive;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Metric;
import org.rondoml.standard.losses.TargetShape;

/**
 * The share of rows in which the class of the one-hot target is among the k with the largest
 * outputs.
 *
 * <p>Source: {@code top_k_categorical_accuracy} in {@code keras/src/metrics/accuracy_metrics.py}.
 */
public final class TopKCategoricalAccuracy extends MeanOverRows {
  private final int k;

  /** The metric with its keys. */
  public TopKCategoricalAccuracy(Config config) {
    super(config.name());
    this.k = config.k();
  }

  @Override
  public Metric resolve(Shape target, Shape output, Loss loss) {
    TargetShape.checkElementWise("top_k_categorical_accuracy", target, output);
    return this;
  }

  @Override
  protected double value(Vec target, Vec output) {
    return TopK.contains(output, target.argMax(), k) ? 1 : 0;
  }

  /**
   * The keys.
   *
   * @param k how many of the largest outputs are looked at
   * @param name the name in the log and the history
   */
  @Description(
      "The share of rows in which the class of the one-hot target is among the k largest outputs.")
  @Example("TopKCategoricalAccuracy: {k: 3}")
  public record Config(
      @Description("how many of the largest outputs are looked at") @Default("5") @Positive int k,
      @Description("the name in the log and the history") @Default("top_k_categorical_accuracy")
          String name) {}

  /** Brings {@code TopKCategoricalAccuracy}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "TopKCategoricalAccuracy";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new TopKCategoricalAccuracy(config);
    }
  }
}
