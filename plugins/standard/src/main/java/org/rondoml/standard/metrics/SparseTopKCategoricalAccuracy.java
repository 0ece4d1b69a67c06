package org.rondoml.standard.metrics;

import jakarta.validation.constraints.Positive;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Metric;
import org.rondoml.standard.losses.TargetShape;

/**
 * The share of rows in which the class whose number is the target is among the k with the largest
 * outputs; or, where outputs are the numbers of classes themselves, best first, among the first k.
 *
 * <p>Source: {@code sparse_top_k_categorical_accuracy} in {@code
 * keras/src/metrics/accuracy_metrics.py}.
 */
public final class SparseTopKCategoricalAccuracy extends MeanOverRows {
  private final Config config;

  /** The metric with its keys. */
  public SparseTopKCategoricalAccuracy(Config config) {
    super(config.name());
    this.config = config;
  }

  @Override
  public Metric resolve(Shape target, Shape output, Loss loss) {
    TargetShape.checkClassNumbers("sparse_top_k_categorical_accuracy", target, output);
    return this;
  }

  @Override
  protected double value(Vec target, Vec output) {
    double label = target.get(0);
    boolean right =
        config.fromSortedIds()
            ? isAmongFirst(label, output)
            : TopK.contains(output, label, config.k());
    return right ? 1 : 0;
  }

  private boolean isAmongFirst(double label, Vec ids) {
    for (int i = 0; i < Math.min(config.k(), ids.length()); i++) {
      if (ids.get(i) == label) {
        return true;
      }
    }
    return false;
  }

  /**
   * The keys.
   *
   * @param k how many of the largest outputs are looked at
   * @param name the name in the log and the history
   * @param fromSortedIds whether outputs are numbers of classes, best first
   */
  @Description(
      "The share of rows in which the class of the target's number is among the k largest outputs.")
  @Example("SparseTopKCategoricalAccuracy: {k: 3}")
  public record Config(
      @Description("how many of the largest outputs are looked at") @Default("5") @Positive int k,
      @Description("the name in the log and the history")
          @Default("sparse_top_k_categorical_accuracy")
          String name,
      @Description("whether outputs are numbers of classes, best first")
          @Default("false")
          @KnownIn(value = Semantics.KERAS3, cure = "leave it out: outputs are one for each class")
          boolean fromSortedIds) {}

  /** Brings {@code SparseTopKCategoricalAccuracy}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "SparseTopKCategoricalAccuracy";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new SparseTopKCategoricalAccuracy(config);
    }
  }
}
