package org.rondoml.standard.metrics;

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
 * The share of rows whose largest output is at the place that the target's class number names.
 *
 * <p>Source: Keras, {@code keras/src/metrics/accuracy_metrics.py}.
 */
public final class SparseCategoricalAccuracy extends MeanOverRows {
  /** The metric under a name. */
  public SparseCategoricalAccuracy(String name) {
    super(name);
  }

  @Override
  public Metric resolve(Shape target, Shape output, Loss loss) {
    if (!TargetShape.isClassNumbers(target, output)) {
      throw new ShapeMismatchException(
          "sparse_categorical_accuracy takes class numbers; found targets of shape "
              + target
              + " and outputs of shape "
              + output
              + ": categorical_accuracy takes one-hot targets, accuracy chooses by itself");
    }
    return this;
  }

  @Override
  protected double value(Vec target, Vec output) {
    return target.get(0) == output.argMax() ? 1 : 0;
  }

  /**
   * The keys.
   *
   * @param name the name in the log and the history
   */
  @Description(
      "The share of rows whose largest output is at the place that the class number names.")
  public record Config(
      @Description("the name in the log and the history") @Default("sparse_categorical_accuracy")
          String name) {}

  /** Brings {@code SparseCategoricalAccuracy}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "SparseCategoricalAccuracy";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new SparseCategoricalAccuracy(config.name());
    }
  }
}
