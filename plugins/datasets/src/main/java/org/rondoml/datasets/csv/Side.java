package org.rondoml.datasets.csv;

/** An end of a sequence, by Keras' names. */
public enum Side {
  /** Before its first step. */
  PRE,
  /** After its last step. */
  POST
}
