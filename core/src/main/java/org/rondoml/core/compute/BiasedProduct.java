package org.rondoml.core.compute;

/** A product and an addition after it, for a library whose products know no bias. */
final class BiasedProduct implements PackedProduct {
  private final PackedProduct product;
  private final int rows;
  private final int stride;
  private final Memory bias;
  private final long biasOffset;
  private final Vec b;
  private final Vec row;

  BiasedProduct(PackedProduct product, Gemm gemm, Memory bias, long biasOffset) {
    this.product = product;
    this.rows = gemm.m();
    this.stride = gemm.strideC();
    this.bias = bias;
    this.biasOffset = biasOffset;
    b = Vec.window(gemm.precision(), gemm.n());
    row = Vec.window(gemm.precision(), gemm.n());
  }

  @Override
  public void run(Memory a, long aOffset, Memory c, long cOffset) {
    product.run(a, aOffset, c, cOffset);
    b.reads(bias, biasOffset);
    for (int i = 0; i < rows; i++) {
      row.updates(c, cOffset + (long) i * stride);
      row.add(row, b).done();
    }
  }
}
