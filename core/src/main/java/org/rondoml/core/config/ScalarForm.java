package org.rondoml.core.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a single value in a document is, by the Java type of its key. */
public enum ScalarForm {
  /** A whole number of 32 bits. */
  WHOLE,
  /** A whole number of 64 bits. */
  LARGE,
  /** A finite number, which may be written as a fraction. */
  NUMBER,
  /** {@code true} or {@code false}. */
  TRUTH,
  /** One of the words that an enum has. */
  WORD,
  /** The name of a file. */
  FILE_NAME,
  /** Any text. */
  TEXT;

  /**
   * A number that JSON and YAML take for a text, as a regular expression that Java and ECMAScript
   * both know: {@code 1/255}, and {@code 1e-4}, which is a text to YAML 1.1.
   */
  public static final String NUMBER_AS_TEXT = Numbers.AS_TEXT;

  /** The form of a type's values; empty where single values aren't of such a type. */
  public static Optional<ScalarForm> of(Class<?> type) {
    if (type == int.class || type == Integer.class) {
      return Optional.of(WHOLE);
    }
    if (type == long.class || type == Long.class) {
      return Optional.of(LARGE);
    }
    if (type == double.class || type == Double.class) {
      return Optional.of(NUMBER);
    }
    if (type == boolean.class || type == Boolean.class) {
      return Optional.of(TRUTH);
    }
    if (type.isEnum()) {
      return Optional.of(WORD);
    }
    if (type == Path.class) {
      return Optional.of(FILE_NAME);
    }
    return type == String.class ? Optional.of(TEXT) : Optional.empty();
  }

  /** The words of an enum in a document, in the order of its constants. */
  public static List<String> words(Class<?> type) {
    return Scalars.enumNames(type);
  }
}
