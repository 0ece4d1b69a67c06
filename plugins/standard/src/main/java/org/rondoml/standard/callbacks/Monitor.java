package org.rondoml.standard.callbacks;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.ConfigException;

/**
 * A logged figure being watched, and which way it improves. {@code acc} and {@code accuracy} mean
 * the same, so a model file can keep {@code val_acc} from TensorFlow 1.
 */
final class Monitor {
  /** Parts of the names of figures that improve upwards. */
  private static final List<String> UPWARDS =
      List.of(
          "acc",
          "auc",
          "precision",
          "recall",
          "sensitivity",
          "specificity",
          "score",
          "iou",
          "io_u",
          "similarity",
          "correlation");

  /** Parts of the names of figures that improve downwards. */
  private static final List<String> DOWNWARDS =
      List.of(
          "loss",
          "error",
          "mse",
          "mae",
          "mape",
          "msle",
          "crossentropy",
          "divergence",
          "kld",
          "hinge",
          "poisson",
          "logcosh",
          "log_cosh");

  private final String name;
  private final Semantics semantics;
  private final boolean upwards;
  private final double minDelta;

  /**
   * A figure.
   *
   * @param minDelta how much better a value has to be to count as better
   * @param legacy which names the callback of tf_keras takes for those of figures that improve
   *     upwards; all others improve downwards there
   * @throws ConfigException where the mode is auto, and the name doesn't tell or misleads
   */
  Monitor(String name, Mode mode, double minDelta, Semantics semantics, Predicate<String> legacy) {
    this.name = name;
    this.semantics = semantics;
    this.minDelta = minDelta;
    this.upwards =
        switch (mode) {
          case MIN -> false;
          case MAX -> true;
          case AUTO ->
              semantics == Semantics.KERAS3
                  ? improvesUpwards()
                  : improvesUpwards(legacy.test(name));
        };
  }

  private boolean improvesUpwards() {
    return known()
        .orElseThrow(
            () ->
                new ConfigException(
                    "mode",
                    "the name '"
                        + name
                        + "' doesn't tell whether more is better: set mode: max or mode: min"));
  }

  /** As tf_keras guesses, but never against what the name tells. */
  private boolean improvesUpwards(boolean guessed) {
    if (known().orElse(guessed) != guessed) {
      throw new ConfigException(
          "mode",
          "Keras of semantics: "
              + semantics
              + " takes '"
              + name
              + "' for a figure that improves "
              + (guessed ? "upwards" : "downwards")
              + ", which its name belies: set mode: max or mode: min");
    }
    return guessed;
  }

  /** Whether the figure improves upwards, where its name tells. */
  private Optional<Boolean> known() {
    if (DOWNWARDS.stream().anyMatch(name::contains)) {
      return Optional.of(false);
    }
    return UPWARDS.stream().anyMatch(name::contains) ? Optional.of(true) : Optional.empty();
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
   * better than none. Keras 3 compares in 32 bits, whatever the precision.
   */
  boolean isBetter(double value, @Nullable Double than) {
    if (than == null) {
      return !Double.isNaN(value);
    }
    double moved = upwards ? value - minDelta : value + minDelta;
    double difference =
        semantics == Semantics.KERAS3 ? (float) moved - (float) (double) than : moved - than;
    return upwards ? difference > 0 : difference < 0;
  }
}
