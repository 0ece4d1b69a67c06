package org.rondoml.dsl.command;

import java.io.PrintWriter;
import java.util.List;

/** Rows in columns as wide as they need; the first row is the heading. */
final class TextTable {
  private static final String GAP = "  ";

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
