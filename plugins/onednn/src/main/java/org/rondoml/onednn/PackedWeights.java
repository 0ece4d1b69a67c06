package org.rondoml.onednn;

import java.lang.ref.Reference;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.reorder;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.PackedOperand;
import org.rondoml.core.compute.PackedProduct;

/** A copy of B in the order oneDNN reads it fastest, which its products share. */
final class PackedWeights implements PackedOperand {
  private final Matmul matmul;
  private final Memory source;
  private final NativeBuffer packed;
  private final Execution packing;

  PackedWeights(Matmul matmul, Memory b, long bOffset) {
    this.matmul = matmul;
    source = b;
    packed = NativeBuffer.of(matmul.b(), matmul.cpu());
    reorder.primitive_desc plan =
        new reorder.primitive_desc(
            matmul.cpu(),
            Matmul.plainB(matmul.gemm()),
            matmul.cpu(),
            matmul.b(),
            Matmul.callerScratchpad(),
            false);
    Operand plain = new Operand(plan.src_desc(), matmul.cpu());
    plain.moveTo(b.address(matmul.gemm().precision(), bOffset, matmul.gemm().lengthB()));
    packing =
        new Execution(
            matmul.cpu(),
            new reorder(plan),
            NativeBuffer.of(plan.scratchpad_desc(), matmul.cpu()),
            new Execution.Argument(dnnl.DNNL_ARG_FROM, plain.memory()),
            new Execution.Argument(dnnl.DNNL_ARG_TO, packed.memory()));
  }

  @Override
  public void pack() {
    try {
      packing.run();
    } finally {
      Reference.reachabilityFence(source);
    }
  }

  @Override
  public PackedProduct product() {
    return new Run();
  }

  private final class Run implements PackedProduct {
    private final Operand a = new Operand(matmul.a(), matmul.cpu());
    private final Operand c = new Operand(matmul.c(), matmul.cpu());
    private final Execution execution = matmul.execution(a.memory(), packed.memory(), c.memory());

    @Override
    public void run(Memory memoryA, long aOffset, Memory memoryC, long cOffset) {
      var gemm = matmul.gemm();
      a.moveTo(memoryA.address(gemm.precision(), aOffset, gemm.lengthA()));
      c.moveTo(memoryC.address(gemm.precision(), cOffset, gemm.lengthC()));
      try {
        execution.run();
      } finally {
        Reference.reachabilityFence(memoryA);
        Reference.reachabilityFence(memoryC);
      }
    }
  }
}
