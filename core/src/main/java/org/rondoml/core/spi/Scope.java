package org.rondoml.core.spi;

/** What a loss or a metric looks at at once: what its vectors hold. */
public enum Scope {
  /** A row: the elements along an axis, mostly the last, such as the probabilities of a step. */
  ROW,
  /** A whole sample, row-major: the loss of a sequence that only all of its steps decide. */
  SAMPLE,
  /**
   * A whole sample as well, but the loss is one number for the batch, the same for each of its
   * samples; {@link Gathering} tells of the others.
   */
  BATCH
}
