package org.rondoml.datasets.csv;

/** Makes numbers of the cells of a column. */
@FunctionalInterface
interface Cells {
  /** How much of a cell a message shows. */
  int SHOWN = 40;

  /**
   * The number for a cell.
   *
   * @param cell its text, without blanks around it
   * @throws CellException where it is none of what the column holds
   */
  double read(String cell) throws CellException;

  /** A cell in a message: {@code nothing}, {@code 12,5}. */
  static String shown(String cell) {
    if (cell.isEmpty()) {
      return "nothing";
    }
    String line = cell.replace("\r", "\\r").replace("\n", "\\n");
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
  }
}
