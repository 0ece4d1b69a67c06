package org.rondoml.datasets.csv;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.rondoml.api.DataException;

/** The mistakes in a file: the first few in words, the others counted. */
final class BadCells {
  private static final int TOLD = 5;

  private final Path file;
  private final List<String> told = new ArrayList<>();
  private final Set<String> cures = new LinkedHashSet<>();
  private long count;

  /** No mistake yet. */
  BadCells(Path file) {
    this.file = file;
  }

  /** Adds a mistake in a column. */
  void add(long line, String column, String message) {
    add(line, "column '" + column + "': " + message);
  }

  /** Adds a mistake in a row. */
  void add(long line, String message) {
    if (count++ < TOLD) {
      told.add(file + ":" + line + ": " + message);
    }
  }

  /** Adds a row with more or fewer values than there are columns. */
  void addRagged(long line, int found, int expected) {
    add(
        line,
        "found "
            + found
            + (found == 1 ? " value" : " values")
            + ", expected "
            + expected
            + ", one for each column");
  }

  /** Adds what helps against mistakes of a sort; told once, after them. */
  void cure(String cure) {
    cures.add(cure);
  }

  /**
   * Tells the mistakes.
   *
   * @throws DataException where there are any
   */
  void throwIfAny() {
    if (count == 0) {
      return;
    }
    List<String> lines = new ArrayList<>(told);
    if (count > TOLD) {
      lines.add("and " + (count - TOLD) + " more");
    }
    lines.addAll(cures);
    throw new DataException(String.join("\n", lines));
  }
}
