package org.rondoml.core.spi;

import java.util.List;

/**
 * The value of a key that takes a single value or a list, and may tell them apart: {@code 2}, or
 * {@code [1, 2, 10]}.
 *
 * @param isOne whether it is written without brackets
 * @param values the values, one at least
 */
public record OneOrMany<T>(boolean isOne, List<T> values) {
  /** Copies the list. */
  public OneOrMany {
    values = List.copyOf(values);
  }

  /** A single value. */
  public static <T> OneOrMany<T> of(T value) {
    return new OneOrMany<>(true, List.of(value));
  }
}
