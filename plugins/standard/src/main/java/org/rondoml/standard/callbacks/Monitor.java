package org.rondoml.standard.callbacks;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.spi.ConfigException;

/**
 * A logged figure being watched, and which way it improves. {@code acc} and {@code accuracy} mean
 * the same, so a model file can keep {@code val_acc} from TensorFlow 1.
 */
final class Monitor {
  /** Parts of the names of figures that improve upwards. */
  private static final List<String> UPWARDS =
      List.of("acc", "auc", "precision", "recall", "score", "iou", "similarity");

  /** Parts of the names of figures that improve downwards. */
  private static final List<String> DOWNWARDS =
      List.of("loss", "error", "crossentropy", "divergence", "hinge", "poisson", "logcosh");

  private final String name;
  private final boolean upwards;
  private final double minDelta;

  /**
   * A figure.
   *
   * @param minDelta how much better a value has to be to count as better
   * @throws ConfigException where the mode is auto and the name doesn't tell
   */
  Monitor(String name, Mode mode, double minDelta) {
    this.name = name;
    this.upwards =
        switch (mode) {
          case MIN -> false;
          case MAX -> true;
          case AUTO -> improvesUpwards(name);
        };
    this.minDelta = minDelta;
  }

  private static boolean improvesUpwards(String name) {
    if (DOWNWARDS.stream().anyMatch(name::contains)) {
      return false;
    }
    if (UPWARDS.stream().anyMatch(name::contains)) {
      return true;
    }
    throw new ConfigException(
        "mode",
        "the name '" + name + "' doesn't tell whether more is better: set mode: max or mode: min");
  }

  /** The name as the model file has it. */
  String name() {
    return name;
  }

  /**
   * Checks that the figure will be logged.
   *
   * @throws ConfigException where it won't, with the names that will
   */
  void check(Set<String> logs) {
    if (!logs.contains(name) && !logs.contains(otherName())) {
      String cure =
          name.startsWith("val_") && logs.stream().noneMatch(log -> log.startsWith("val_"))
              ? "; names with val_ need validation data: data.validation or fit.validation_split"
              : "";
      throw new ConfigException(
          "monitor",
          "'" + name + "' won't be logged; found " + String.join(", ", new TreeSet<>(logs)) + cure);
    }
  }

  private String otherName() {
    if (name.endsWith("accuracy")) {
      return name.substring(0, name.length() - "uracy".length());
    }
    return name.endsWith("acc") ? name + "uracy" : name;
  }

  /** The figure of an epoch; null where this epoch has none, such as one without validation. */
  @Nullable Double value(Map<String, Double> logs) {
    Double value = logs.get(name);
    return value != null ? value : logs.get(otherName());
  }

  /**
   * Whether a value is better than another by more than the least difference; anything but NaN is
   * better than none.
   */
  boolean isBetter(double value, @Nullable Double than) {
    if (than == null) {
      return !Double.isNaN(value);
    }
    return upwards ? value - minDelta > than : value + minDelta < than;
  }
}
