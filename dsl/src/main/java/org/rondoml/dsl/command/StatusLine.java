package org.rondoml.dsl.command;

import java.io.PrintWriter;
import java.util.function.Consumer;

/** A line on a terminal that tells what is being done, written over and over; elsewhere nothing. */
final class StatusLine implements Consumer<String>, AutoCloseable {
  private final PrintWriter err;
  private final boolean shown;
  private int width;

  StatusLine(PrintWriter err, boolean shown) {
    this.err = err;
    this.shown = shown;
  }

  @Override
  public void accept(String text) {
    if (shown) {
      err.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
      err.flush();
      width = text.length();
    }
  }

  /** Wipes the line. */
  @Override
  public void close() {
    if (width > 0) {
      accept("");
      err.print("\r");
      err.flush();
    }
  }
}
