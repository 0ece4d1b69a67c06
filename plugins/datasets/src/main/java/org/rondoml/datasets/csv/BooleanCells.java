package org.rondoml.datasets.csv;

/** {@code true} and {@code false} in any case, as 1 and 0. */
final class BooleanCells implements Cells {
  @Override
  public double read(String cell) throws CellException {
    if (cell.equalsIgnoreCase("true") || cell.equals("1")) {
      return 1;
    }
    if (cell.equalsIgnoreCase("false") || cell.equals("0")) {
      return 0;
    }
    throw new CellException("found " + Cells.shown(cell) + ", expected true or false");
  }

  /** Whether a cell is one of the two words. */
  static boolean isTruth(String cell) {
    return cell.equalsIgnoreCase("true") || cell.equalsIgnoreCase("false");
  }
}
