package org.rondoml.standard.layers.attention;

/**
 * The sizes of attention. All blocks, one for each sample and head, are alike.
 *
 * @param samples the samples
 * @param heads the heads of a sample
 * @param queries the steps that look
 * @param values the steps that are looked at
 * @param depth the length of a query and of a key
 * @param valueDepth the length of a value
 */
record AttentionSizes(int samples, int heads, int queries, int values, int depth, int valueDepth) {
  int blocks() {
    return samples * heads;
  }

  /** The number of scores of a block. */
  int scores() {
    return queries * values;
  }
}
