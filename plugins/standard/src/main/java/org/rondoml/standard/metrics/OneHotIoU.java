package org.rondoml.standard.metrics;

import jakarta.validation.constraints.Positive;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Metric;

/**
 * The mean overlap of some classes of one-hot targets and outputs; see {@link ClassOverlap}.
 *
 * <p>Source: Keras, {@code keras/src/metrics/iou_metrics.py}.
 */
public final class OneHotIoU {
  private OneHotIoU() {}

  /**
   * The keys.
   *
   * @param numClasses the number of classes
   * @param targetClassIds the classes of which the mean is taken
   * @param name the name in the log and the history; null for Keras' automatic one
   * @param ignoreClass the class whose samples don't count; null for none
   * @param sparseYPred whether outputs are class numbers
   * @param axis the axis of the classes
   */
  @Description("The mean overlap of some classes of one-hot targets and outputs.")
  @Example("OneHotIoU: {num_classes: 3, target_class_ids: [0, 2]}")
  public record Config(
      @Description("the number of classes") @Positive int numClasses,
      @Description("the classes of which the mean is taken") List<Integer> targetClassIds,
      @Description(
              "the name in the log and the history; one_hot_io_u, one_hot_io_u_1, ... when absent")
          @Nullable String name,
      @Description("the class whose samples don't count") @Nullable Integer ignoreClass,
      @Description("whether outputs are class numbers rather than a number for each class")
          @Default("false")
          boolean sparseYPred,
      @Description("the axis of the classes, which is the last") @Default("-1") int axis) {
    /** Copies the list, and checks that its classes exist. */
    public Config {
      targetClassIds = List.copyOf(targetClassIds);
      ClassOverlap.check(targetClassIds, numClasses);
    }
  }

  /** Brings {@code OneHotIoU}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "OneHotIoU";
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
              config.numClasses(), config.targetClassIds(), config.ignoreClass()),
          new ClassOverlap.Reading(
              "one_hot_io_u", false, config.sparseYPred(), null, config.axis()),
          semantics);
    }
  }
}
