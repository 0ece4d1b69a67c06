package org.rondoml.api;

/** Data is missing, damaged or does not fit the model. */
public class DataException extends RondoException {
  private static final long serialVersionUID = 1;

  /** A failure with its message. */
  public DataException(String message) {
    super(ExitStatus.DATA, message);
  }

  /** A failure with its message and cause. */
  public DataException(String message, Throwable cause) {
    super(ExitStatus.DATA, message, cause);
  }
}
