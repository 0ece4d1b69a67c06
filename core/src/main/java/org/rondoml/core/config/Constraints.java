package org.rondoml.core.config;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;

/**
 * Checks values against the Jakarta Validation constraints of their keys. The validator starts with
 * the first value that has any, without XML and without an expression language.
 */
final class Constraints {
  private @Nullable Validator validator;

  /** What is wrong with a value, in words; empty where nothing is. */
  Optional<String> violation(ConfigSchema.Key key, Object value, Node node) {
    if (!key.constrained()) {
      return Optional.empty();
    }
    return validator().validateValue(key.owner(), key.component(), value).stream()
        .min(Comparator.comparing((ConstraintViolation<?> v) -> v.getPropertyPath().toString()))
        .map(v -> message(v, key, value, node));
  }

  private static String message(
      ConstraintViolation<?> violation, ConfigSchema.Key key, Object value, Node node) {
    Object wrong = violation.getInvalidValue();
    boolean whole = value.equals(wrong);
    var constraint = violation.getConstraintDescriptor().getAnnotation();
    String found =
        whole && node instanceof Node.Scalar
            ? Words.found(node)
            : whole ? whole(value) : String.valueOf(wrong);
    return ConstraintWords.of(whole ? key.constraints() : List.of(constraint))
        .map(words -> "found " + found + ", expected " + words)
        .orElseGet(() -> "found " + found + ": " + violation.getMessage());
  }

  private static String whole(Object value) {
    if (value instanceof java.util.Collection<?> list) {
      return list.isEmpty() ? "an empty list" : list.size() + " entries";
    }
    if (value instanceof java.util.Map<?, ?> map) {
      return map.isEmpty() ? "an empty map" : map.size() + " entries";
    }
    return String.valueOf(value);
  }

  private synchronized Validator validator() {
    Validator started = validator;
    if (started == null) {
      started =
          Validation.byProvider(HibernateValidator.class)
              .configure()
              .ignoreXmlConfiguration()
              .messageInterpolator(new QuietInterpolator())
              .buildValidatorFactory()
              .getValidator();
      validator = started;
    }
    return started;
  }

  /**
   * Leaves Jakarta's own texts alone, which {@link ConstraintWords} replaces: looking them up takes
   * time and an expression language.
   */
  private static final class QuietInterpolator implements jakarta.validation.MessageInterpolator {
    private final ParameterMessageInterpolator others = new ParameterMessageInterpolator();

    @Override
    public String interpolate(String template, Context context) {
      return template.startsWith("{jakarta.validation.constraints.")
          ? template
          : others.interpolate(template, context);
    }

    @Override
    public String interpolate(String template, Context context, java.util.Locale locale) {
      return interpolate(template, context);
    }
  }
}
