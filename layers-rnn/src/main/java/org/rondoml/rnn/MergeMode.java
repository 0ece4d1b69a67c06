package org.rondoml.rnn;

/** How {@link Bidirectional} puts the outputs of its two layers together. */
public enum MergeMode {
  /** One after the other along the last axis. */
  CONCAT,
  /** Their sum. */
  SUM,
  /** Their mean. */
  AVE,
  /** Their product, element by element. */
  MUL,
  /** Not at all: two outputs. */
  NONE
}
