package org.rondoml.api;

/** How a command ends, by number. */
public enum ExitStatus {
  /** Done. */
  DONE(0),
  /** A defect of Rondo. */
  DEFECT(1),
  /** The command line or the model file is wrong. */
  USAGE(2),
  /** The data is missing or wrong. */
  DATA(3),
  /** Training failed: a value is not finite. */
  TRAINING(4),
  /** What was compared differs, and the command was asked to tell so. */
  DIFFERENT(5),
  /** Interrupted, with a checkpoint saved. */
  INTERRUPTED(130);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  /** The number the process ends with. */
  public int code() {
    return code;
  }
}
