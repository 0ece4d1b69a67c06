package org.rondoml.tck;

import org.rondoml.api.Precision;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.Kernels;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.PackedOperand;
import org.rondoml.core.compute.PackedProduct;
import org.rondoml.core.compute.Product;
import org.rondoml.core.compute.Vec;

/**
 * Matrix products as their definition has them, summed in double precision: slow, and the same on
 * every machine.
 */
public final class ReferenceKernels implements Kernels {
  @Override
  public String name() {
    return "reference";
  }

  @Override
  public boolean supports(Precision precision) {
    return true;
  }

  @Override
  public Product plan(Gemm gemm) {
    return (a, aOffset, b, bOffset, c, cOffset) ->
        multiply(
            gemm,
            Vec.zeros(gemm.precision(), Math.toIntExact(gemm.lengthA())).load(a, aOffset),
            Vec.zeros(gemm.precision(), Math.toIntExact(gemm.lengthB())).load(b, bOffset),
            c,
            cOffset);
  }

  @Override
  public PackedOperand plan(Gemm gemm, Memory b, long bOffset) {
    return new Operand(gemm, b, bOffset);
  }

  private static void multiply(Gemm gemm, Vec a, Vec b, Memory c, long cOffset) {
    Vec result = Vec.zeros(gemm.precision(), Math.toIntExact(gemm.lengthC())).load(c, cOffset);
    for (int i = 0; i < gemm.m(); i++) {
      for (int j = 0; j < gemm.n(); j++) {
        double sum = gemm.accumulate() ? result.get(i * gemm.strideC() + j) : 0;
        for (int l = 0; l < gemm.k(); l++) {
          double left = a.get(gemm.transposeA() ? l * gemm.strideA() + i : i * gemm.strideA() + l);
          double right = b.get(gemm.transposeB() ? j * gemm.strideB() + l : l * gemm.strideB() + j);
          sum += left * right;
        }
        result.set(i * gemm.strideC() + j, sum);
      }
    }
    result.store(c, cOffset);
  }

  /**
   * A copy of the right operand as it was when packed, so a layer that relies on a stale one is
   * found out.
   */
  private static final class Operand implements PackedOperand {
    private final Gemm gemm;
    private final Memory source;
    private final long offset;
    private final Vec packed;

    private Operand(Gemm gemm, Memory source, long offset) {
      this.gemm = gemm;
      this.source = source;
      this.offset = offset;
      this.packed = Vec.zeros(gemm.precision(), Math.toIntExact(gemm.lengthB()));
      pack();
    }

    @Override
    public void pack() {
      packed.load(source, offset);
    }

    @Override
    public PackedProduct product() {
      return (a, aOffset, c, cOffset) ->
          multiply(
              gemm,
              Vec.zeros(gemm.precision(), Math.toIntExact(gemm.lengthA())).load(a, aOffset),
              packed,
              c,
              cOffset);
    }

    @Override
    public PackedProduct product(Memory bias, long biasOffset) {
      PackedProduct product = product();
      return (a, aOffset, c, cOffset) -> {
        product.run(a, aOffset, c, cOffset);
        Vec b = Vec.zeros(gemm.precision(), gemm.n()).load(bias, biasOffset);
        Vec row = Vec.zeros(gemm.precision(), gemm.n());
        for (int i = 0; i < gemm.m(); i++) {
          long at = cOffset + (long) i * gemm.strideC();
          row.load(c, at).add(row, b).store(c, at);
        }
      };
    }
  }
}
