package org.rondoml.standard.layers.attention;

import org.jspecify.annotations.Nullable;
import org.rondoml.core.spi.Mask;

/**
 * Which steps a query may see.
 *
 * @param queries the mask of the queries: a masked one sees nothing; null where all count
 * @param values the mask of the values: nobody sees a masked one; null where all count
 * @param keys the mask of the keys, in the same way
 * @param causal whether a query sees no step after its own
 * @param window how many steps to either side a query sees, its own among them; 0 for all
 */
record Visibility(
    @Nullable Mask queries,
    @Nullable Mask values,
    @Nullable Mask keys,
    boolean causal,
    int window) {
  boolean isFull() {
    return queries == null && values == null && keys == null && !causal && window == 0;
  }

  /** Whether a query of a sample sees a step. */
  boolean sees(int sample, int query, int step) {
    return (!causal || query >= step)
        && (window == 0 || Math.abs(query - step) < window)
        && (queries == null || queries.isValid(sample, query))
        && (values == null || values.isValid(sample, step))
        && (keys == null || keys.isValid(sample, step));
  }
}
