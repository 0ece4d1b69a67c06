package org.rondoml.core.spi;

import org.rondoml.core.compute.Vec;

/**
 * What may have to know something of the whole batch before it can say anything of a part of it,
 * such as whether any label is negative. What it wants to know is a few sums over the batch. They
 * cost a second round over the shards, which waits for the slowest; so most have none.
 */
public interface Gathering {
  /** How many sums; 0 for none. */
  default int sums() {
    return 0;
  }

  /**
   * Adds what a part of the batch contributes.
   *
   * @param target the targets of a row, or of a sample, as {@link Scope} has it
   * @param output the outputs
   * @param sums as many as {@link #sums}
   */
  default void gather(Vec target, Vec output, double[] sums) {}
}
