package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.Kernels;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.PackedOperand;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Columns;
import org.rondoml.core.spi.ParameterProduct;

/** The parameters as packed operands of products: packed once a step, shared by all shards. */
final class PackedWeights {
  private final Kernels kernels;
  private final Map<Key, PackedOperand> operands = new LinkedHashMap<>();

  private record Key(ParameterBlock.Entry parameter, int fromColumn, Gemm gemm) {}

  PackedWeights(Kernels kernels) {
    this.kernels = kernels;
  }

  /** What products with a parameter, or some columns of it, are made from. */
  synchronized PackedOperand operand(ParameterBlock.Entry parameter, ParameterProduct product) {
    Columns columns = product.columns();
    int from = columns == null ? 0 : columns.from();
    Memory memory = parameter.memory();
    return operands.computeIfAbsent(
        new Key(parameter, from, gemm(parameter, product)),
        key -> {
          PackedOperand ofRow = Vec.rowOperand(key.gemm(), memory, from);
          return ofRow != null ? ofRow : kernels.plan(key.gemm(), memory, from);
        });
  }

  private static Gemm gemm(ParameterBlock.Entry parameter, ParameterProduct product) {
    int width = GradientBlock.width(parameter);
    int rows = Math.toIntExact(parameter.memory().length() / width);
    Columns columns = product.columns();
    int count = columns == null ? width : columns.count();
    Gemm gemm =
        new Gemm(
                parameter.memory().precision(),
                product.rows(),
                product.transposed() ? rows : count,
                product.transposed() ? count : rows,
                false,
                product.transposed(),
                product.accumulate())
            .withStrideB(width);
    Integer stride = product.stride();
    if (stride == null) {
      return gemm;
    }
    return product.transposed() ? gemm.withStrideA(stride) : gemm.withStrideC(stride);
  }

  /** All operands, to be packed anew after the parameters changed. */
  synchronized List<PackedOperand> operands() {
    return new ArrayList<>(operands.values());
  }
}
