package org.rondoml.core.compute;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemm;

import java.lang.ref.Reference;
import org.bytedeco.javacpp.DoublePointer;
import org.rondoml.api.Precision;

/**
 * A product in double precision: C = op(A) · op(B) + beta · C, by {@code cblas_dgemm}. The same as
 * {@link SgemmProduct} but for the pointers' type, by which the native call is chosen.
 */
final class DgemmProduct implements Product {
  private final Gemm gemm;
  private final int transA;
  private final int transB;
  private final int lda;
  private final int ldb;
  private final int ldc;
  private final double beta;
  private final Address a = new Address();
  private final Address b = new Address();
  private final Address c = new Address();

  DgemmProduct(Gemm gemm) {
    this.gemm = gemm;
    transA = gemm.transposeA() ? CblasTrans : CblasNoTrans;
    transB = gemm.transposeB() ? CblasTrans : CblasNoTrans;
    lda = gemm.strideA();
    ldb = gemm.strideB();
    ldc = gemm.strideC();
    beta = gemm.accumulate() ? 1 : 0;
  }

  @Override
  public void run(
      Memory memoryA, long aOffset, Memory memoryB, long bOffset, Memory memoryC, long cOffset) {
    try {
      a.set(memoryA.address(Precision.FLOAT64, aOffset, gemm.lengthA()));
      b.set(memoryB.address(Precision.FLOAT64, bOffset, gemm.lengthB()));
      c.set(memoryC.address(Precision.FLOAT64, cOffset, gemm.lengthC()));
      cblas_dgemm(
          CblasRowMajor,
          transA,
          transB,
          gemm.m(),
          gemm.n(),
          gemm.k(),
          1,
          a,
          lda,
          b,
          ldb,
          beta,
          c,
          ldc);
    } finally {
      Reference.reachabilityFence(memoryA);
      Reference.reachabilityFence(memoryB);
      Reference.reachabilityFence(memoryC);
    }
  }

  /** A pointer that can be pointed elsewhere, so that a run allocates nothing. */
  private static final class Address extends DoublePointer {
    void set(long address) {
      this.address = address;
    }
  }
}
