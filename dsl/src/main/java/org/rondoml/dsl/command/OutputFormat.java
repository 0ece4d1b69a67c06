package org.rondoml.dsl.command;

import java.util.Locale;

/** The form of a command's result. */
enum OutputFormat {
  /** For people. */
  TEXT,
  /** For programs. */
  JSON;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
