package org.rondoml.standard.layers.attention;

import org.rondoml.core.compute.Memory;

/** How well each query and each key fit each other, block by block. */
interface Scores {
  /** Computes the scores (queries x values of each block) of queries and keys. */
  void forward(Memory queries, Memory keys, Memory scores);

  /**
   * Computes the gradients of queries and keys and adds those of the parameters.
   *
   * @param dScores the gradient of the scores; may be used as scratch
   */
  void backward(Memory queries, Memory keys, Memory dScores, Memory dQueries, Memory dKeys);
}
