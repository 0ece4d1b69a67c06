package org.rondoml.rnn;

import org.rondoml.core.compute.Memory;

/**
 * A row for each step and sample, somewhere in memory.
 *
 * @param memory the memory
 * @param places where the row of a step and a sample begins
 */
record Rows(Memory memory, Place places) {
  /** Where a row begins. */
  @FunctionalInterface
  interface Place {
    long of(int step, int sample);
  }

  long at(int step, int sample) {
    return places.of(step, sample);
  }
}
