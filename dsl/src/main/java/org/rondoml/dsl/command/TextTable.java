package org.rondoml.dsl.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows in columns as wide as they need; the first row is the heading. */
final class TextTable {
  private static final String GAP = "  ";

  /** What the last column keeps of a table's width, whatever the others need. */
  private static final int LAST_COLUMN = 30;

  private final List<List<String>> rows;
  private final int numbers;
  private final int[] widths;

  /**
   * A table.
   *
   * @param numbers how many columns at the end are numbers, and so set to the right
   */
  TextTable(List<List<String>> rows, int numbers) {
    this.rows = rows;
    this.numbers = numbers;
    this.widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
  }

  /**
   * A table that is not wider than a width. The last column takes what the others leave; where that
   * is little, the others but the first become smaller. What doesn't fit goes on in further lines.
   */
  static TextTable within(int width, List<List<String>> rows) {
    int[] widths = new TextTable(rows, 0).widths;
    int last = widths.length - 1;
    int left = width - GAP.length() * last;
    for (int i = 0; i < last; i++) {
      left -= widths[i];
    }
    for (; left < LAST_COLUMN; left++) {
      int widest = 1;
      for (int i = 1; i < last; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      widths[widest]--;
    }
    widths[last] = left;
    List<List<String>> lines = new ArrayList<>();
    rows.forEach(row -> lines.addAll(lines(row, widths)));
    return new TextTable(lines, 0);
  }

  private static List<List<String>> lines(List<String> row, int[] widths) {
    List<List<String>> cells = new ArrayList<>();
    int height = 0;
    for (int i = 0; i < widths.length; i++) {
      cells.add(BrokenLines.of(row.get(i), Math.max(1, widths[i])));
      height = Math.max(height, cells.get(i).size());
    }
    List<List<String>> lines = new ArrayList<>();
    for (int line = 0; line < height; line++) {
      int at = line;
      lines.add(cells.stream().map(cell -> at < cell.size() ? cell.get(at) : "").toList());
    }
    return lines;
  }

  void print(PrintWriter out) {
    for (int i = 0; i < rows.size(); i++) {
      out.println(line(rows.get(i)));
      if (i == 0) {
        int whole = GAP.length() * (widths.length - 1);
        for (int width : widths) {
          whole += width;
        }
        out.println("-".repeat(whole));
      }
    }
  }

  private String line(List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - row.get(i).length());
      boolean right = i >= widths.length - numbers;
      line.append(i == 0 ? "" : GAP)
          .append(right ? padding : "")
          .append(row.get(i))
          .append(right ? "" : padding);
    }
    return line.toString().stripTrailing();
  }
}
