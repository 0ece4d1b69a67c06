package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.Kernels;
import org.rondoml.core.compute.PackedOperand;
import org.rondoml.core.compute.PackedProduct;
import org.rondoml.core.compute.Vec;

/** The parameters as packed operands of products: packed once a step, shared by all shards. */
final class PackedWeights {
  private static final int WHOLE = -1;

  private final Kernels kernels;
  private final Map<Key, PackedOperand> operands = new LinkedHashMap<>();

  private record Key(ParameterBlock.Entry parameter, int fromColumn, Gemm gemm) {}

  PackedWeights(Kernels kernels) {
    this.kernels = kernels;
  }

  /** A product with a parameter, for one thread at a time. */
  PackedProduct product(ParameterBlock.Entry parameter, Gemm gemm) {
    return operand(parameter, gemm).product();
  }

  /** A product with some columns of a parameter. */
  synchronized PackedProduct product(
      ParameterBlock.Entry parameter, int fromColumn, int toColumn, Gemm gemm) {
    return operands
        .computeIfAbsent(
            new Key(parameter, fromColumn, gemm),
            key -> new ColumnsOperand(kernels, parameter, fromColumn, toColumn, gemm))
        .product();
  }

  /** A product with a parameter, and another parameter added to its rows. */
  PackedProduct product(
      ParameterBlock.Entry parameter, Gemm gemm, ParameterBlock.Entry bias, long biasOffset) {
    return operand(parameter, gemm).product(bias.memory(), biasOffset);
  }

  private synchronized PackedOperand operand(ParameterBlock.Entry parameter, Gemm gemm) {
    return operands.computeIfAbsent(
        new Key(parameter, WHOLE, gemm),
        key -> {
          PackedOperand ofRow = Vec.rowOperand(gemm, parameter.memory(), 0);
          return ofRow != null ? ofRow : kernels.plan(gemm, parameter.memory(), 0);
        });
  }

  /** All operands, to be packed anew after the parameters changed. */
  synchronized List<PackedOperand> operands() {
    return new ArrayList<>(operands.values());
  }
}
