package org.rondoml.datasets.csv;

/** A cell that is not what its column holds; bad files have many, so it keeps no stack trace. */
final class CellException extends Exception {
  private static final long serialVersionUID = 1;

  /** A mistake: what was found, what was expected. */
  CellException(String message) {
    super(message, null, false, false);
  }
}
