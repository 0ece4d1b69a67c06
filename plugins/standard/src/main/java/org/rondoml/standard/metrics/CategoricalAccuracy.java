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
 * The share of rows whose largest output is at the place of the largest target.
 *
 * <p>Source: Keras, {@code keras/src/metrics/accuracy_metrics.py}.
 */
public final class CategoricalAccuracy extends MeanOverRows {
  /** The metric under a name. */
  public CategoricalAccuracy(String name) {
    super(name);
  }

  @Override
  public Metric resolve(Shape target, Shape output, Loss loss) {
    if (!TargetShape.isElementWise(target, output)) {
      throw new ShapeMismatchException(
          "categorical_accuracy compares each element of the output with one of the target; found"
              + " targets of shape "
              + target
              + " and outputs of shape "
              + output
              + ": sparse_categorical_accuracy takes class numbers, accuracy chooses by itself");
    }
    return this;
  }

  @Override
  protected double value(Vec target, Vec output) {
    return target.argMax() == output.argMax() ? 1 : 0;
  }

  /**
   * The keys.
   *
   * @param name the name in the log and the history
   */
  @Description(
      "The share of rows whose largest output is at the place of the one in the one-hot target.")
  public record Config(
      @Description("the name in the log and the history") @Default("categorical_accuracy")
          String name) {}

  /** Brings {@code CategoricalAccuracy}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "CategoricalAccuracy";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new CategoricalAccuracy(config.name());
    }
  }
}
