package org.rondoml.dsl.command;

import org.rondoml.dsl.difference.Difference;

/**
 * Differences as lines.
 *
 * @param coloured whether they have the colours of a terminal
 */
record DifferenceLines(boolean coloured) {
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String YELLOW = "\u001b[33m";
  private static final String PLAIN = "\u001b[0m";

  /** The line of a difference. */
  String of(Difference difference) {
    if (!coloured) {
      return difference.toString();
    }
    String colour =
        switch (difference.kind()) {
          case CHANGED -> YELLOW;
          case ADDED -> GREEN;
          case REMOVED -> RED;
        };
    return colour + difference + PLAIN;
  }
}
