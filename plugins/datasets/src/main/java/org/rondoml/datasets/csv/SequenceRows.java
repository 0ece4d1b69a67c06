package org.rondoml.datasets.csv;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sequences of a table: rows one after another with the same text in a column. */
final class SequenceRows {
  private final String column;
  private final BadCells bad;
  private final List<Sequence> sequences = new ArrayList<>();
  private final Map<String, Long> lastLines = new HashMap<>();
  private String current = "";
  private int rows;

  /**
   * A sequence.
   *
   * @param name the text that its rows have
   * @param line the line of its first row
   * @param first the number of that row, from 0
   */
  record Sequence(String name, long line, int first) {}

  /** No rows yet; those of a sequence that was over before are told as mistakes. */
  SequenceRows(String column, BadCells bad) {
    this.column = column;
    this.bad = bad;
  }

  /** The column that tells them apart. */
  String column() {
    return column;
  }

  /**
   * Takes the next row.
   *
   * @param name the text in its column
   * @return whether a sequence begins with it
   */
  boolean add(long line, String name) {
    boolean begins = rows == 0 || !name.equals(current);
    if (begins) {
      Long before = lastLines.get(name);
      if (before != null) {
        bad.add(
            line,
            column,
            "found " + Cells.shown(name) + " again, whose rows were over after line " + before);
        bad.cure(
            "the rows of a sequence stand one after another: sort the file by '"
                + column
                + "', and keep the order within a sequence");
      }
      sequences.add(new Sequence(name, line, rows));
      current = name;
    }
    lastLines.put(name, line);
    rows++;
    return begins;
  }

  /** How many there are. */
  int count() {
    return sequences.size();
  }

  /** One of them, from 0. */
  Sequence get(int index) {
    return sequences.get(index);
  }

  /** How many rows one has. */
  int length(int index) {
    int end = index + 1 < sequences.size() ? sequences.get(index + 1).first() : rows;
    return end - sequences.get(index).first();
  }

  /** How many rows the longest has. */
  int longest() {
    int longest = 0;
    for (int i = 0; i < count(); i++) {
      longest = Math.max(longest, length(i));
    }
    return longest;
  }
}
