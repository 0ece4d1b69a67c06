package org.rondoml.core.engine;

import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.Kernels;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.PackedOperand;
import org.rondoml.core.compute.PackedProduct;

/** Some columns of a parameter as a packed operand: copied together, and packed from there. */
final class ColumnsOperand implements PackedOperand {
  private final Memory parameter;
  private final int width;
  private final int fromColumn;
  private final int columns;
  private final Memory copy;
  private final PackedOperand packed;

  ColumnsOperand(
      Kernels kernels, ParameterBlock.Entry entry, int fromColumn, int toColumn, Gemm gemm) {
    this.parameter = entry.memory();
    this.width = GradientBlock.width(entry);
    this.fromColumn = fromColumn;
    this.columns = toColumn - fromColumn;
    copy =
        Memory.of(
            Nd4j.createUninitialized(
                parameter.precision().dataType(), parameter.length() / width, columns));
    copyColumns();
    packed = kernels.plan(gemm, copy, 0);
  }

  private void copyColumns() {
    for (long row = 0; row < parameter.length() / width; row++) {
      copy.copyFrom(parameter, row * width + fromColumn, row * columns, columns);
    }
  }

  @Override
  public void pack() {
    copyColumns();
    packed.pack();
  }

  @Override
  public PackedProduct product() {
    return packed.product();
  }

  @Override
  public PackedProduct product(Memory bias, long offset) {
    return packed.product(bias, offset);
  }
}
