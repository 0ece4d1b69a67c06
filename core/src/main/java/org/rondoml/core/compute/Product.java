package org.rondoml.core.compute;

/**
 * A {@linkplain Gemm matrix product} planned once and run many times. A product belongs to one
 * thread at a time; offsets count elements.
 */
@FunctionalInterface
public interface Product {
  /** Computes C from A and B, each starting at its offset. */
  void run(Memory a, long aOffset, Memory b, long bOffset, Memory c, long cOffset);
}
