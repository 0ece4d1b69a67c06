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

  /**
   * A product with this operand to which a row is added: C = A · B + bias in every row, or C += A ·
   * B + bias where the product accumulates; for one thread at a time.
   *
   * @param bias read at every run, from {@code offset} on
   */
  PackedProduct product(Memory bias, long offset);
}
