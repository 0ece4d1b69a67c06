package org.rondoml.core.compute;

/**
 * A right operand of matrix products in the order a kernel likes best. Weights change once a step
 * and are read many times, so they are packed once a step.
 */
public interface PackedOperand {
  /** Packs the current values anew. Not to be called while a product runs. */
  void pack();

  /** A product with this operand, for one thread at a time. */
  PackedProduct product();
}
