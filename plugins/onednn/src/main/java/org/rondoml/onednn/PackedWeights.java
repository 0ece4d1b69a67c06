package org.rondoml.onednn;

import java.lang.ref.Reference;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.PackedOperand;
import org.rondoml.core.compute.PackedProduct;

/** A copy of B in the order oneDNN reads it fastest, which its products share. */
final class PackedWeights implements PackedOperand {
  /**
   * Orders with this many columns a block, from which and to which oneDNN has fast code. It has
   * none from a transpose to wider blocks, so a transposed B goes by way of narrow ones, in a third
   * of the time.
   */
  private static final memory.format_tag NARROW = memory.format_tag.BA16a16b;

  private static final List<memory.format_tag> WIDE =
      List.of(memory.format_tag.BA16a64b, memory.format_tag.BA16a32b);

  private final Matmul matmul;
  private final Memory source;
  private final NativeBuffer packed;
  private final @Nullable Operand between;
  private final long betweenBytes;

  /** An array, as going over a list would allocate. */
  private final Execution[] steps;

  PackedWeights(Matmul matmul, Memory b, long bOffset) {
    this.matmul = matmul;
    source = b;
    packed = NativeBuffer.of(matmul.b(), matmul.cpu());
    memory.desc given = Matmul.plainB(matmul.gemm());
    Operand plain = new Operand(given, matmul.cpu());
    plain.moveTo(b.address(matmul.gemm().precision(), bOffset, matmul.gemm().lengthB()));
    if (matmul.gemm().transposeB() && isWide(matmul)) {
      memory.desc narrow = Matmul.orderOfB(matmul.gemm(), NARROW);
      Operand stopover = new Operand(narrow, matmul.cpu());
      between = stopover;
      betweenBytes = narrow.get_size();
      steps =
          new Execution[] {
            reorder(given, plain.memory(), narrow, stopover.memory()),
            reorder(narrow, stopover.memory(), matmul.b(), packed.memory())
          };
    } else {
      between = null;
      betweenBytes = 0;
      steps = new Execution[] {reorder(given, plain.memory(), matmul.b(), packed.memory())};
    }
  }

  private static boolean isWide(Matmul matmul) {
    return WIDE.stream().anyMatch(tag -> Matmul.orderOfB(matmul.gemm(), tag).equals(matmul.b()));
  }

  private Execution reorder(memory.desc from, memory source, memory.desc to, memory target) {
    reorder.primitive_desc plan =
        new reorder.primitive_desc(
            matmul.cpu().engine(),
            from,
            matmul.cpu().engine(),
            to,
            Matmul.callerScratchpad(),
            false);
    return new Execution(
        matmul.cpu(),
        new reorder(plan),
        plan.scratchpad_desc(),
        new Execution.Argument(dnnl.DNNL_ARG_FROM, source),
        new Execution.Argument(dnnl.DNNL_ARG_TO, target));
  }

  @Override
  public void pack() {
    if (between != null) {
      between.moveTo(matmul.cpu().stopovers().address(betweenBytes));
    }
    try {
      for (Execution step : steps) {
        step.run();
      }
    } finally {
      Reference.reachabilityFence(source);
      Reference.reachabilityFence(packed);
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
    private final NativeBuffer b;
    private final @Nullable Bias bias;
    private final Gemm gemm;
    private final Operand a;
    private final Operand c;
    private final Execution execution;

    Run(Matmul form, @Nullable Bias bias) {
      this.b = packed;
      this.bias = bias;
      gemm = form.gemm();
      a = new Operand(form.a(), form.cpu());
      c = new Operand(form.c(), form.cpu());
      execution =
          bias == null
              ? form.execution(a.memory(), b.memory(), c.memory())
              : form.execution(a.memory(), b.memory(), c.memory(), bias.row.memory());
    }

    @Override
    public void run(Memory memoryA, long aOffset, Memory memoryC, long cOffset) {
      a.moveTo(memoryA.address(gemm.precision(), aOffset, gemm.lengthA()));
      c.moveTo(memoryC.address(gemm.precision(), cOffset, gemm.lengthC()));
      try {
        execution.run();
      } finally {
        Reference.reachabilityFence(memoryA);
        Reference.reachabilityFence(memoryC);
        Reference.reachabilityFence(b);
        Reference.reachabilityFence(bias == null ? null : bias.owner);
      }
    }
  }
}
