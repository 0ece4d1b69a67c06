package org.rondoml.core.config;

import java.util.List;

/**
 * A value for the outputs of a model: one for all of them, one each in their order, or by the outputs' names.
 *
 * @param form which of the three
 * @param names the outputs' names where it is by name, else empty
 * @param values the values
 */
public record PerOutput<T>(Form form, List<String> names, List<T> values) {
  /** Copies the lists. */
  public PerOutput {
    names = List.copyOf(names);
    values = List.copyOf(values);
  }

  /** How it is written. */
  public enum Form {
    /** One for all. */
    ONE,
    /** A list in the order of the outputs. */
    IN_ORDER,
    /** A map by the outputs' names. */
    BY_NAME
  }
}
