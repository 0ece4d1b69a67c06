package org.rondoml.datasets.csv;

/** What has a target. */
public enum TargetPer {
  /** Each step of a sequence, that of its row. */
  STEP,
  /** Each sequence, which has the same in all of its rows. */
  SEQUENCE
}
