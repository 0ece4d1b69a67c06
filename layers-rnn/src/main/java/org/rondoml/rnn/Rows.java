package org.rondoml.rnn;

import org.rondoml.core.compute.Memory;

/**
 * A row for each step and sample, somewhere in memory.
 *
 * @param memory the memory
 * @param stride how far the rows of a step are apart
 * @param places where the row of a step and a sample begins
 */
record Rows(Memory memory, int stride, Place places) {
  /** Where a row begins. */
  @FunctionalInterface
  interface Place {
    long of(int step, int sample);
  }

  long at(int step, int sample) {
    return places.of(step, sample);
  }

  /** What these rows have from an element on. */
  Rows from(int element) {
    return new Rows(memory, stride, (step, sample) -> places.of(step, sample) + element);
  }
}
