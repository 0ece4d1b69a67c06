package org.rondoml.api;

/**
 * A failure a user can understand and mend: its message tells what was found, what was expected,
 * where, and the cure. Anything else that is thrown is a defect of Rondo.
 */
public class RondoException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ExitStatus exitStatus;

  /** A failure with the status the command line ends with. */
  public RondoException(ExitStatus exitStatus, String message) {
    super(message);
    this.exitStatus = exitStatus;
  }

  /** A failure with its cause. */
  public RondoException(ExitStatus exitStatus, String message, Throwable cause) {
    super(message, cause);
    this.exitStatus = exitStatus;
  }

  /** The status the command line ends with. */
  public ExitStatus exitStatus() {
    return exitStatus;
  }
}
