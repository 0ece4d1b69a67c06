package org.rondoml.dsl.command;

import java.io.Console;

/** Whether what is written is seen on a terminal. */
final class Terminal {
  /**
   * Set by the launcher, which can ask the system: {@code true} where standard error is a terminal.
   */
  private static final String PROPERTY = "rondo.terminal";

  /** The same of standard output. */
  private static final String OUTPUT_PROPERTY = "rondo.terminal.output";

  private Terminal() {}

  static boolean isPresent() {
    return isPresent(PROPERTY);
  }

  /** Whether results may be coloured: they are seen on a terminal whose user takes colours. */
  static boolean takesColours() {
    String without = System.getenv("NO_COLOR"); // https://no-color.org
    return (without == null || without.isEmpty()) && isPresent(OUTPUT_PROPERTY);
  }

  private static boolean isPresent(String property) {
    String told = System.getProperty(property);
    return told != null ? Boolean.parseBoolean(told) : isConsolePresent();
  }

  /** Whether colours are shown and wanted: {@code NO_COLOR} (no-color.org) declines them. */
  static boolean isColoured() {
    String declined = System.getenv("NO_COLOR");
    return isPresent()
        && (declined == null || declined.isEmpty())
        && !"dumb".equals(System.getenv("TERM"));
  }

  // Only Java 17 to 21 give null, and there it tells.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isConsolePresent() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // From Java 22 on there is always a console, which knows whether it is a terminal.
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
