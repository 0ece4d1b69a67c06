package org.rondoml.dsl.progress;

import java.util.Locale;

/** How training is shown. */
public enum ProgressMode {
  /** A bar on a terminal, else plain. */
  AUTO,
  /** Keras' bar, drawn over itself. */
  BAR,
  /** A line an epoch. */
  PLAIN,
  /** Not at all. */
  NONE;

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
