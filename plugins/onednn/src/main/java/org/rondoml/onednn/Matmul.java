package org.rondoml.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.scratchpad_mode;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.rondoml.core.compute.Gemm;

/**
 * A matrix product as oneDNN planned it: which code computes it, and how its operands lie in
 * memory. Immutable, and any number of {@linkplain Execution executions} may run it at once.
 *
 * @param cpu where it runs
 * @param gemm the product
 * @param a how A lies: row-major, or its transpose
 * @param b how B lies: the same, or in the order the code likes best
 * @param c how C lies: row-major
 * @param scratchpad the working memory an execution needs
 * @param primitive the code
 */
record Matmul(
    Cpu cpu,
    Gemm gemm,
    memory.desc a,
    memory.desc b,
    memory.desc c,
    memory.desc scratchpad,
    matmul primitive) {

  /** A product that reads B as the caller has it. */
  static Matmul ofPlain(Cpu cpu, Gemm gemm) {
    return plan(cpu, gemm, plainB(gemm));
  }

  /** A product that reads B packed. */
  static Matmul ofPacked(Cpu cpu, Gemm gemm) {
    return plan(cpu, gemm, desc(gemm.k(), gemm.n(), memory.format_tag.any));
  }

  /** How the caller's B lies in memory. */
  static memory.desc plainB(Gemm gemm) {
    return strided(gemm.k(), gemm.n(), gemm.transposeB(), gemm.strideB());
  }

  /** B in an order. */
  static memory.desc orderOfB(Gemm gemm, memory.format_tag order) {
    return desc(gemm.k(), gemm.n(), order);
  }

  /** The same product with a row added to every row of C; B lies as it does for this one. */
  Matmul withBias() {
    OpenMp.useCallingThreadOnly();
    return of(
        new matmul.primitive_desc(cpu.engine(), a, b, biasOf(gemm), c, attributes(gemm), false),
        cpu,
        gemm);
  }

  /** How a row that is added lies in memory. */
  static memory.desc biasOf(Gemm gemm) {
    return desc(1, gemm.n(), memory.format_tag.ab);
  }

  private static Matmul plan(Cpu cpu, Gemm gemm, memory.desc b) {
    OpenMp.useCallingThreadOnly(); // the plan is made for as many threads as there are now
    memory.desc a = strided(gemm.m(), gemm.k(), gemm.transposeA(), gemm.strideA());
    memory.desc c = strided(gemm.m(), gemm.n(), false, gemm.strideC());
    return of(new matmul.primitive_desc(cpu.engine(), a, b, c, attributes(gemm), false), cpu, gemm);
  }

  private static Matmul of(matmul.primitive_desc plan, Cpu cpu, Gemm gemm) {
    return new Matmul(
        cpu,
        gemm,
        plan.src_desc(),
        plan.weights_desc(),
        plan.dst_desc(),
        plan.scratchpad_desc(),
        new matmul(plan));
  }

  private static primitive_attr attributes(Gemm gemm) {
    primitive_attr attributes = callerScratchpad();
    if (gemm.accumulate()) {
      post_ops sum = new post_ops();
      sum.append_sum();
      attributes.set_post_ops(sum);
    }
    return attributes;
  }

  /** Working memory comes from us: oneDNN's own is tied to the thread that planned. */
  static primitive_attr callerScratchpad() {
    primitive_attr attributes = new primitive_attr();
    attributes.set_scratchpad_mode(scratchpad_mode.user);
    return attributes;
  }

  /** Runs this product on one thread, with three operands that are told later. */
  Execution execution(memory memoryA, memory memoryB, memory memoryC) {
    return new Execution(
        cpu,
        primitive,
        scratchpad,
        new Execution.Argument(dnnl.DNNL_ARG_SRC, memoryA),
        new Execution.Argument(dnnl.DNNL_ARG_WEIGHTS, memoryB),
        new Execution.Argument(dnnl.DNNL_ARG_DST, memoryC));
  }

  /** Runs this product, which has a bias. */
  Execution execution(memory memoryA, memory memoryB, memory memoryC, memory bias) {
    return new Execution(
        cpu,
        primitive,
        scratchpad,
        new Execution.Argument(dnnl.DNNL_ARG_SRC, memoryA),
        new Execution.Argument(dnnl.DNNL_ARG_WEIGHTS, memoryB),
        new Execution.Argument(dnnl.DNNL_ARG_DST, memoryC),
        new Execution.Argument(dnnl.DNNL_ARG_BIAS, bias));
  }

  private static memory.desc desc(long rows, long columns, memory.format_tag tag) {
    return new memory.desc(new long[] {rows, columns}, memory.data_type.f32, tag);
  }

  private static memory.desc strided(long rows, long columns, boolean transpose, long stride) {
    return new memory.desc(
        new long[] {rows, columns},
        memory.data_type.f32,
        transpose ? new long[] {1, stride} : new long[] {stride, 1},
        false);
  }
}
