package org.rondoml.datasets.csv;

/** A part of a file that serves both training and validation. */
public enum Subset {
  /** Rows to train on: the first ones. */
  TRAINING,
  /** Rows to evaluate on: the last ones. */
  VALIDATION
}
