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

/** Constraints in words: {@code a number greater than 0 and at most 1}. */
final class ConstraintWords {
  private ConstraintWords() {}

  /** What the constraints of a key expect, or empty where one of them is not among Jakarta's common ones. */
  static Optional<String> of(List<? extends Annotation> constraints) {
    List<String> bounds = new ArrayList<>();
    for (Annotation constraint : constraints) {
      if (constraint instanceof Positive) {
        bounds.add("greater than 0");
      } else if (constraint instanceof PositiveOrZero) {
        bounds.add("of at least 0");
      } else if (constraint instanceof Negative) {
        bounds.add("less than 0");
      } else if (constraint instanceof NegativeOrZero) {
        bounds.add("of at most 0");
      } else if (constraint instanceof Min min) {
        bounds.add("of at least " + min.value());
      } else if (constraint instanceof Max max) {
        bounds.add("of at most " + max.value());
      } else if (constraint instanceof DecimalMin min) {
        bounds.add((min.inclusive() ? "of at least " : "greater than ") + min.value());
      } else if (constraint instanceof DecimalMax max) {
        bounds.add((max.inclusive() ? "of at most " : "less than ") + max.value());
      } else {
        return constraints.size() == 1 ? notNumeric(constraint) : Optional.empty();
      }
    }
    return bounds.isEmpty()
        ? Optional.empty()
        : Optional.of("a number " + String.join(" and ", bounds));
  }

  private static Optional<String> notNumeric(Annotation constraint) {
    if (constraint instanceof NotEmpty) {
      return Optional.of("at least one entry");
    }
    if (constraint instanceof NotBlank) {
      return Optional.of("a text that is not blank");
    }
    if (constraint instanceof Pattern pattern && "{jakarta.validation.constraints.Pattern.message}".equals(pattern.message())) {
      return Optional.of("a text that matches " + pattern.regexp());
    }
    if (constraint instanceof Size size) {
      if (size.min() == size.max()) {
        return Optional.of(size.min() + " entries");
      }
      return Optional.of(
          size.max() == Integer.MAX_VALUE
              ? "at least " + size.min() + " entries"
              : size.min() + " to " + size.max() + " entries");
    }
    return Optional.empty();
  }
}
