package org.rondoml.core.config;

import org.jspecify.annotations.Nullable;

/**
 * A point in a file.
 *
 * @param file the file as the user named it, {@code --set:1} for a value of the command line; null for a value that a program
 *     made
 * @param line the line, from 1; 0 where there is none
 * @param column the column, from 1; 0 where there is none
 */
public record Location(@Nullable String file, int line, int column) {
  /** The place of what a program made. */
  public static final Location NONE = new Location(null, 0, 0);
}
