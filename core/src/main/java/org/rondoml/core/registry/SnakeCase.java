package org.rondoml.core.registry;

import java.util.Locale;

/** Class names in lower case with underscores, exactly as Keras' {@code to_snake_case} (keras/src/utils/naming.py) makes them. */
public final class SnakeCase {
  private SnakeCase() {}

  /** {@code simple_rnn} for {@code SimpleRNN}, {@code conv1d} for {@code Conv1D}. */
  public static String of(String className) {
    return className
        .replaceAll("\\W+", "")
        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }
}
