package org.rondoml.onednn;

import java.lang.ref.Reference;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Product;

/** A product of two operands that both change from run to run. */
final class PlainProduct implements Product {
  private final Gemm gemm;
  private final Operand a;
  private final Operand b;
  private final Operand c;
  private final Execution execution;

  PlainProduct(Matmul matmul) {
    gemm = matmul.gemm();
    a = new Operand(matmul.a(), matmul.cpu());
    b = new Operand(matmul.b(), matmul.cpu());
    c = new Operand(matmul.c(), matmul.cpu());
    execution = matmul.execution(a.memory(), b.memory(), c.memory());
  }

  @Override
  public void run(
      Memory memoryA, long aOffset, Memory memoryB, long bOffset, Memory memoryC, long cOffset) {
    a.moveTo(memoryA.address(gemm.precision(), aOffset, gemm.lengthA()));
    b.moveTo(memoryB.address(gemm.precision(), bOffset, gemm.lengthB()));
    c.moveTo(memoryC.address(gemm.precision(), cOffset, gemm.lengthC()));
    try {
      execution.run();
    } finally {
      Reference.reachabilityFence(memoryA);
      Reference.reachabilityFence(memoryB);
      Reference.reachabilityFence(memoryC);
    }
  }
}
