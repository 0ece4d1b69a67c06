package org.rondoml.onednn;

import java.lang.ref.Reference;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.reorder;
import org.jspecify.annotations.Nullable;
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
    return new Run(matmul, null);
  }

  @Override
  public PackedProduct product(Memory bias, long offset) {
    return new Run(matmul.withBias(), new Bias(bias, offset, matmul));
  }

  /** A row to be added, and what keeps its memory. */
  private static final class Bias {
    private final Memory owner;
    private final Operand row;

    Bias(Memory owner, long offset, Matmul matmul) {
      this.owner = owner;
      row = new Operand(Matmul.biasOf(matmul.gemm()), matmul.cpu());
      row.moveTo(owner.address(matmul.gemm().precision(), offset, matmul.gemm().n()));
    }
  }

  private final class Run implements PackedProduct {
    private final @Nullable Bias bias;
    private final Operand a = new Operand(matmul.a(), matmul.cpu());
    private final Operand c = new Operand(matmul.c(), matmul.cpu());
    private final Execution execution;

    Run(Matmul form, @Nullable Bias bias) {
      this.bias = bias;
      execution =
          bias == null
              ? form.execution(a.memory(), packed.memory(), c.memory())
              : form.execution(a.memory(), packed.memory(), c.memory(), bias.row.memory());
    }

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
        Reference.reachabilityFence(bias == null ? null : bias.owner);
      }
    }
  }
}
