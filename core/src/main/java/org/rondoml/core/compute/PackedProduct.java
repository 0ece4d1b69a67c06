package org.rondoml.core.compute;

/**
 * A {@linkplain Gemm matrix product} whose right operand was rearranged beforehand for speed. It
 * belongs to one thread at a time; offsets count elements.
 */
@FunctionalInterface
public interface PackedProduct {
  /** Computes C from A and the packed operand. */
  void run(Memory a, long aOffset, Memory c, long cOffset);
}
