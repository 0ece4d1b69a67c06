package org.rondoml.datasets.text;

/** What is to be predicted from a window. */
public enum Targets {
  /** After each of its tokens, the next one: for layers that return sequences. */
  EVERY_STEP,
  /** The token after its last. */
  LAST_STEP
}
