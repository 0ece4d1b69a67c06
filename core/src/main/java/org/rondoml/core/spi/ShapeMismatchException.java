package org.rondoml.core.spi;

/**
 * A layer, loss or metric can't take shapes it is given. The graph adds which layer, and where in
 * the file.
 */
public final class ShapeMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What came in, what is needed, and the cure. */
  public ShapeMismatchException(String message) {
    super(message);
  }
}
