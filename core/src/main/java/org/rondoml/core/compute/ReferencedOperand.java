package org.rondoml.core.compute;

/** A right operand left where it lies, for a library without packing of its own. */
record ReferencedOperand(Kernels kernels, Gemm gemm, Memory b, long bOffset)
    implements PackedOperand {
  /** Nothing to do: products read B itself. */
  @Override
  public void pack() {}

  @Override
  public PackedProduct product() {
    Product product = kernels.plan(gemm);
    return (a, aOffset, c, cOffset) -> product.run(a, aOffset, b, bOffset, c, cOffset);
  }

  @Override
  public PackedProduct product(Memory bias, long offset) {
    return new BiasedProduct(product(), gemm, bias, offset);
  }
}
