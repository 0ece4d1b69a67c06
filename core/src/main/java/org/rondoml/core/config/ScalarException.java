package org.rondoml.core.config;

/** A scalar does not fit the type of its key. */
final class ScalarException extends Exception {
  private static final long serialVersionUID = 1;

  /** What was found, what was expected, and the cure. */
  ScalarException(String message) {
    super(message, null, false, false);
  }

  /** The message, which there always is. */
  String text() {
    return String.valueOf(getMessage());
  }
}
