package org.rondoml.onednn;

import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.cpu_isa;
import org.rondoml.api.Precision;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.Kernels;
import org.rondoml.core.compute.KernelsUnavailableException;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.PackedOperand;
import org.rondoml.core.compute.Product;

/**
 * Matrix products by oneDNN, in float32 only: its CPU products know no float64. A product runs on
 * the thread that calls it and on no other.
 *
 * <p>Plans are not kept here: oneDNN itself keeps the compiled code of the last 1024 kinds of
 * product, so planning one again takes some 0.1 ms, and what is no longer used goes.
 */
final class OneDnnKernels implements Kernels {
  private final Cpu cpu;
  private final String name;

  private OneDnnKernels(Cpu cpu, String name) {
    this.cpu = cpu;
    this.name = name;
  }

  /**
   * Loads oneDNN.
   *
   * @throws KernelsUnavailableException where this CPU is none for it
   * @throws LinkageError where its native library is missing or doesn't fit
   */
  static OneDnnKernels load() {
    OpenMp.useCallingThreadOnly(); // what it needs is missed here, not at the first product
    cpu_isa isa = InstructionSet.limit(System.getenv());
    dnnl_version_t version = dnnl.version();
    String name = "onednn " + version.major() + "." + version.minor() + " (" + isa.name() + ")";
    return new OneDnnKernels(Cpu.load(), name);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean supports(Precision precision) {
    return precision == Precision.FLOAT32;
  }

  @Override
  public boolean packs() {
    return true;
  }

  @Override
  public Product plan(Gemm gemm) {
    return new PlainProduct(Matmul.ofPlain(cpu, checked(gemm)));
  }

  @Override
  public PackedOperand plan(Gemm gemm, Memory b, long bOffset) {
    PackedWeights weights = new PackedWeights(Matmul.ofPacked(cpu, checked(gemm)), b, bOffset);
    weights.pack();
    return weights;
  }

  private Gemm checked(Gemm gemm) {
    if (!supports(gemm.precision())) {
      throw new IllegalArgumentException(
          name + " has no product in " + gemm.precision() + ": expected " + Precision.FLOAT32);
    }
    return gemm;
  }
}
