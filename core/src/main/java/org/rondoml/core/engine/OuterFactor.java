package org.rondoml.core.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.Kernels;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.PackedOperand;
import org.rondoml.core.compute.PackedProduct;

/**
 * The right factor B of outer products AᵀB, packed once in a backward pass for all the products
 * that share it: those of a recurrent layer's two kernels, and of their blocks. Blocks on several
 * threads may ask for their products at once.
 */
final class OuterFactor {
  private final PackedOperand operand;
  private final Map<Use, PackedProduct> products = new ConcurrentHashMap<>();

  private record Use(GradientBlock block, boolean accumulate) {}

  /**
   * A factor of shape (rows, columns).
   *
   * @param gemm a product of the usual number of rows of C
   */
  OuterFactor(Kernels kernels, Gemm gemm, Memory b, long bOffset) {
    operand = kernels.plan(gemm, b, bOffset);
  }

  /** Packs the current values. */
  void pack() {
    operand.pack();
  }

  /** The product of a block, made at its first use. */
  PackedProduct product(GradientBlock block, boolean accumulate, Gemm gemm) {
    return products.computeIfAbsent(new Use(block, accumulate), use -> operand.product(gemm));
  }
}
