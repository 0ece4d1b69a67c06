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
  private final Optional<String> doubt;
  private final double minDelta;

  /**
   * A figure.
   *
   * @param minDelta how much better a value has to be to count as better
   * @param legacy which names the callback of tf_keras takes for those of figures that improve
   *     upwards; all others improve downwards there
   */
  Monitor(String name, Mode mode, double minDelta, Semantics semantics, Predicate<String> legacy) {
    this.name = name;
    this.semantics = semantics;
    this.minDelta = minDelta;
    boolean guessed = legacy.test(name);
    this.upwards =
        switch (mode) {
          case MIN -> false;
          case MAX -> true;
          case AUTO -> semantics == Semantics.KERAS3 ? known().orElse(false) : guessed;
        };
    this.doubt = mode == Mode.AUTO ? doubt(guessed) : Optional.empty();
  }

  /**
   * Why the name doesn't tell which way the figure improves; empty where it does. tf_keras guesses,
   * but its guess isn't taken against what the name tells.
   */
  private Optional<String> doubt(boolean guessed) {
    if (semantics == Semantics.KERAS3) {
      return known().isPresent()
          ? Optional.empty()
          : Optional.of(
              "the name '"
                  + name
                  + "' doesn't tell whether more is better: set mode: max or mode: min");
    }
    return known().orElse(guessed) == guessed
        ? Optional.empty()
        : Optional.of(
            "Keras of semantics: "
                + semantics
                + " takes '"
                + name
                + "' for a figure that improves "
                + (guessed ? "upwards" : "downwards")
                + ", which its name belies: set mode: max or mode: min");
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
   * Checks that the figure will be logged, and that it is known which way it improves.
   *
   * @throws ConfigException where it won't, with the names that will, or where the mode is auto,
   *     and the name doesn't tell or misleads
   */
  void check(Set<String> logs) {
    if (!logs.contains(name) && !logs.contains(otherName())) {
      String cure =
          logs.stream().anyMatch(log -> log.startsWith(name + "["))
              ? "; it has several figures: name one of them"
              : name.startsWith("val_") && logs.stream().noneMatch(log -> log.startsWith("val_"))
                  ? "; names with val_ need validation data: data.validation or fit.validation_split"
                  : "";
      throw new ConfigException(
          "monitor",
          "'" + name + "' won't be logged; found " + String.join(", ", new TreeSet<>(logs)) + cure);
    }
    if (doubt.isPresent()) {
      throw new ConfigException("mode", doubt.get());
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
