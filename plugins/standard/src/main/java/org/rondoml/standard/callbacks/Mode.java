package org.rondoml.standard.callbacks;

/** Which way a monitored figure improves. */
public enum Mode {
  /** As its name tells: accuracies upwards, losses and errors downwards. */
  AUTO,
  /** Downwards. */
  MIN,
  /** Upwards. */
  MAX
}
