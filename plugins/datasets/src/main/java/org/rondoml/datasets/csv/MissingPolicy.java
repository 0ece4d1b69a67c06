package org.rondoml.datasets.csv;

/** What is done about a missing value. */
public enum MissingPolicy {
  /** It is a mistake. */
  ERROR,
  /** Its row is left out. */
  DROP,
  /** It is 0. */
  ZERO,
  /** It is the mean of the column's values in the training part. */
  MEAN,
  /** It is the value of the row before. */
  FORWARD_FILL
}
