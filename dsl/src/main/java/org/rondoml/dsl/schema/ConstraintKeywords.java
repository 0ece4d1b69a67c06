package org.rondoml.dsl.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.lang.reflect.ParameterizedType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.rondoml.core.config.ConfigSchema;

/**
 * Jakarta's constraints as keywords of JSON Schema. They stand beside the type, and each is of
 * values of one type alone: {@code minimum} leaves a fraction, which is a text, and null alone.
 */
final class ConstraintKeywords {
  private final ConfigSchema.Key key;
  private final ObjectNode schema;

  /** Adds to the schema of a key. */
  ConstraintKeywords(ConfigSchema.Key key, ObjectNode schema) {
    this.key = key;
    this.schema = schema;
  }

  /** Adds what the key's constraints say, but for those that no keyword says: a plugin's own. */
  void add() {
    for (Annotation constraint : key.constraints()) {
      if (!bound(constraint, schema) && !size(constraint)) {
        text(constraint);
      }
    }
  }

  /** Adds what constraints of a list's elements say to the schema of one. */
  static void addBounds(List<Annotation> constraints, ObjectNode element) {
    constraints.forEach(constraint -> bound(constraint, element));
  }

  private static boolean bound(Annotation constraint, ObjectNode schema) {
    if (constraint instanceof Positive) {
      schema.put("exclusiveMinimum", 0);
    } else if (constraint instanceof PositiveOrZero) {
      schema.put("minimum", 0);
    } else if (constraint instanceof Negative) {
      schema.put("exclusiveMaximum", 0);
    } else if (constraint instanceof NegativeOrZero) {
      schema.put("maximum", 0);
    } else if (constraint instanceof Min min) {
      schema.put("minimum", min.value());
    } else if (constraint instanceof Max max) {
      schema.put("maximum", max.value());
    } else if (constraint instanceof DecimalMin min) {
      schema.put(min.inclusive() ? "minimum" : "exclusiveMinimum", new BigDecimal(min.value()));
    } else if (constraint instanceof DecimalMax max) {
      schema.put(max.inclusive() ? "maximum" : "exclusiveMaximum", new BigDecimal(max.value()));
    } else {
      return false;
    }
    return true;
  }

  private boolean size(Annotation constraint) {
    if (constraint instanceof NotEmpty) {
      schema.put("min" + countable(), 1);
    } else if (constraint instanceof Size size) {
      schema.put("min" + countable(), size.min());
      if (size.max() < Integer.MAX_VALUE) {
        schema.put("max" + countable(), size.max());
      }
    } else {
      return false;
    }
    return true;
  }

  private String countable() {
    if (key.type() == String.class) {
      return "Length";
    }
    return key.type() instanceof ParameterizedType generic && generic.getRawType() == Map.class
        ? "Properties"
        : "Items";
  }

  private void text(Annotation constraint) {
    if (constraint instanceof NotBlank) {
      schema.put("pattern", "\\S");
    } else if (constraint instanceof Pattern pattern) {
      schema.put("pattern", "^(?:" + pattern.regexp() + ")$");
      // A pattern says nothing of what YAML takes for something else than a text.
      ArrayNode types = schema.putArray("type").add("string");
      if ("0".matches(pattern.regexp())) {
        types.add("number");
      }
      if ("true".matches(pattern.regexp())) {
        types.add("boolean");
      }
      if (key.nullable()) {
        types.add("null");
      }
    }
  }
}
