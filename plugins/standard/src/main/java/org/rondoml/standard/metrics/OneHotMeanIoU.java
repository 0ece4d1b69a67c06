package org.rondoml.standard.metrics;

import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Metric;

/**
 * The mean overlap of all classes of one-hot targets and outputs; see {@link ClassOverlap}.
 *
 * <p>Source: Keras, {@code keras/src/metrics/iou_metrics.py}.
 */
public final class OneHotMeanIoU {
  private OneHotMeanIoU() {}

  /**
   * The keys.
   *
   * @param numClasses the number of classes
   * @param name the name in the log and the history; null for Keras' automatic one
   * @param ignoreClass the class whose samples don't count; null for none
   * @param sparseYPred whether outputs are class numbers
   * @param axis the axis of the classes
   */
  @Description("The mean overlap of all classes of one-hot targets and outputs.")
  @Example("OneHotMeanIoU: {num_classes: 3}")
  public record Config(
      @Description("the number of classes") @Positive int numClasses,
      @Description(
              "the name in the log and the history; one_hot_mean_io_u, one_hot_mean_io_u_1, ... when absent")
          @Nullable String name,
      @Description("the class whose samples don't count") @Nullable Integer ignoreClass,
      @Description("whether outputs are class numbers rather than a number for each class")
          @Default("false")
          boolean sparseYPred,
      @Description("the axis of the classes, which is the last") @Default("-1") int axis) {}

  /** Brings {@code OneHotMeanIoU}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "OneHotMeanIoU";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new ClassOverlap(
          config.name(),
          new ClassOverlap.Classes(
              config.numClasses(), ClassOverlap.all(config.numClasses()), config.ignoreClass()),
          new ClassOverlap.Reading(
              "one_hot_mean_io_u", false, config.sparseYPred(), null, config.axis()),
          semantics);
    }
  }
}
