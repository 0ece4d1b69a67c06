package org.rondoml.api;

/** The command, its options or an embedder's arguments are wrong. */
public class UsageException extends RondoException {
  private static final long serialVersionUID = 1;

  /** A failure with its message. */
  public UsageException(String message) {
    super(ExitStatus.USAGE, message);
  }

  /** A failure with its message and cause. */
  public UsageException(String message, Throwable cause) {
    super(ExitStatus.USAGE, message, cause);
  }
}
