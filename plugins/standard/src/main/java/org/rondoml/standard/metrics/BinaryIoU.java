package org.rondoml.standard.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Metric;

/**
 * The mean overlap of the classes that a threshold divides; see {@link ClassOverlap}.
 *
 * <p>Source: Keras, {@code keras/src/metrics/iou_metrics.py}.
 */
public final class BinaryIoU {
  private BinaryIoU() {}

  /**
   * The keys.
   *
   * @param targetClassIds the classes of which the mean is taken
   * @param threshold outputs from there on are of class 1
   * @param name the name in the log and the history; null for Keras' automatic one
   */
  @Description("The mean overlap of the classes that a threshold divides.")
  public record Config(
      @Description("the classes of which the mean is taken") @Default("[0, 1]")
          List<Integer> targetClassIds,
      @Description("outputs from there on are of class 1, others of class 0") @Default("0.5")
          double threshold,
      @Description(
              "the name in the log and the history; binary_io_u, binary_io_u_1, ... when absent")
          @Nullable String name) {
    /** Copies the list, and checks that its classes exist. */
    public Config {
      targetClassIds = List.copyOf(targetClassIds);
      ClassOverlap.check(targetClassIds, 2);
    }
  }

  /** Brings {@code BinaryIoU}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "BinaryIoU";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new ClassOverlap(
          config.name(),
          new ClassOverlap.Classes(2, config.targetClassIds(), null),
          new ClassOverlap.Reading("binary_io_u", true, true, config.threshold(), -1),
          semantics);
    }
  }
}
