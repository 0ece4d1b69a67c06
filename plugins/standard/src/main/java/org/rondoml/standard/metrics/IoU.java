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
 * The mean overlap of some classes of targets and outputs; see {@link ClassOverlap}.
 *
 * <p>Source: Keras, {@code keras/src/metrics/iou_metrics.py}.
 */
public final class IoU {
  private IoU() {}

  /**
   * The keys.
   *
   * @param numClasses the number of classes
   * @param targetClassIds the classes of which the mean is taken
   * @param name the name in the log and the history; null for Keras' automatic one
   * @param ignoreClass the class whose samples don't count; null for none
   * @param sparseYTrue whether targets are class numbers
   * @param sparseYPred whether outputs are class numbers
   * @param axis the axis of the classes
   */
  @Description("The mean overlap of some classes of targets and outputs.")
  @Example("IoU: {num_classes: 2, target_class_ids: [1]}")
  public record Config(
      @Description("the number of classes") @Positive int numClasses,
      @Description("the classes of which the mean is taken") List<Integer> targetClassIds,
      @Description("the name in the log and the history; io_u, io_u_1, ... when absent")
          @Nullable String name,
      @Description("the class whose samples don't count") @Nullable Integer ignoreClass,
      @Description("whether targets are class numbers rather than one-hot rows") @Default("true")
          boolean sparseYTrue,
      @Description("whether outputs are class numbers rather than a number for each class")
          @Default("true")
          boolean sparseYPred,
      @Description("the axis of the classes, which is the last") @Default("-1") int axis) {
    /** Copies the list, and checks that its classes exist. */
    public Config {
      targetClassIds = List.copyOf(targetClassIds);
      ClassOverlap.check(targetClassIds, numClasses);
    }
  }

  /** Brings {@code IoU}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "IoU";
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
              "io_u", config.sparseYTrue(), config.sparseYPred(), null, config.axis()),
          semantics);
    }
  }
}
