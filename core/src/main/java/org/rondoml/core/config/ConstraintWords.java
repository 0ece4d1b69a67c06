package org.rondoml.core.config;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Constraints in words: {@code a number greater than 0 and at most 1}. */
final class ConstraintWords {
  private ConstraintWords() {}

  /**
   * What the constraints of a key expect, or empty where one of them is not among Jakarta's common
   * ones: {@code a number of at least 0}.
   */
  static Optional<String> of(List<? extends Annotation> constraints) {
    return limits(constraints)
        .filter(limits -> !limits.isEmpty())
        .map(
            limits ->
                limits.stream()
                    .map(limit -> limit.startsWith("at ") ? "of " + limit : limit)
                    .collect(Collectors.joining(" and ", "a number ", "")))
        .or(() -> notNumeric(constraints));
  }

  /** The same without saying of what: {@code at least 0}. */
  static Optional<String> range(List<? extends Annotation> constraints) {
    return limits(constraints)
        .filter(limits -> !limits.isEmpty())
        .map(limits -> String.join(" and ", limits))
        .or(() -> notNumeric(constraints));
  }

  /** What constraints of a number limit it to; empty where one of them is of something else. */
  private static Optional<List<String>> limits(List<? extends Annotation> constraints) {
    List<String> limits = new ArrayList<>();
    for (Annotation constraint : constraints) {
      if (constraint instanceof Positive) {
        limits.add("greater than 0");
      } else if (constraint instanceof PositiveOrZero) {
        limits.add("at least 0");
      } else if (constraint instanceof Negative) {
        limits.add("less than 0");
      } else if (constraint instanceof NegativeOrZero) {
        limits.add("at most 0");
      } else if (constraint instanceof Min min) {
        limits.add("at least " + min.value());
      } else if (constraint instanceof Max max) {
        limits.add("at most " + max.value());
      } else if (constraint instanceof DecimalMin min) {
        limits.add((min.inclusive() ? "at least " : "greater than ") + min.value());
      } else if (constraint instanceof DecimalMax max) {
        limits.add((max.inclusive() ? "at most " : "less than ") + max.value());
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(limits);
  }

  private static Optional<String> notNumeric(List<? extends Annotation> constraints) {
    return constraints.size() == 1 ? notNumeric(constraints.get(0)) : Optional.empty();
  }

  private static Optional<String> notNumeric(Annotation constraint) {
    if (constraint instanceof NotEmpty) {
      return Optional.of("at least one entry");
    }
    if (constraint instanceof NotBlank) {
      return Optional.of("a text that is not blank");
    }
    if (constraint instanceof Pattern pattern
        && "{jakarta.validation.constraints.Pattern.message}".equals(pattern.message())) {
      return Optional.of("a text that matches " + pattern.regexp());
    }
    if (constraint instanceof Size size) {
      if (size.min() == size.max()) {
        return Optional.of(size.min() == 1 ? "one entry" : size.min() + " entries");
      }
      return Optional.of(
          size.max() == Integer.MAX_VALUE
              ? "at least " + size.min() + " entries"
              : size.min() + " to " + size.max() + " entries");
    }
    return Optional.empty();
  }
}
