package org.rondoml.api;

/** Training could not go on, because a value was not finite. */
public class TrainingException extends RondoException {
  private static final long serialVersionUID = 1;

  /** A failure with its message. */
  public TrainingException(String message) {
    super(ExitStatus.TRAINING, message);
  }

  /** A failure with its message and cause. */
  public TrainingException(String message, Throwable cause) {
    super(ExitStatus.TRAINING, message, cause);
  }
}
