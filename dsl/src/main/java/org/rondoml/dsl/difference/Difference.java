package org.rondoml.dsl.difference;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that differs.
 *
 * @param kind how
 * @param path where, {@code model.layers[1].LSTM.units}: in the first model, or for what was added
 *     in the second
 * @param layer the name of the layer that it is of; null where it is of none
 * @param before what the first has, as YAML; null where it has nothing
 * @param after what the second has, as YAML; null where it has nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Difference(
    Kind kind,
    String path,
    @Nullable String layer,
    @Nullable String before,
    @Nullable String after) {

  /** How something differs. */
  public enum Kind {
    /** Both have it, but not the same. */
    CHANGED("~"),
    /** Only the second has it. */
    ADDED("+"),
    /** Only the first has it. */
    REMOVED("-");

    private final String sign;

    Kind(String sign) {
      this.sign = sign;
    }

    /** The sign that stands for it in front of a line. */
    public String sign() {
      return sign;
    }

    /** The word for it in JSON. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where it is, with the layer's name where that tells more. */
  public String place() {
    return layer == null ? path : path + " (" + layer + ")";
  }

  /** {@code ~ compile.optimizer.Adam.learning_rate: 0.001 -> 0.0003}. */
  @Override
  public String toString() {
    String values = before == null ? after : after == null ? before : before + " -> " + after;
    return kind.sign() + " " + place() + ": " + values;
  }
}
