package org.rondoml.core.compute;

import org.rondoml.api.Precision;

/**
 * A matrix product: C (m x n) = op(A) (m x k) · op(B) (k x n), added to C where {@code accumulate}.
 * All matrices are row-major; a transposed operand lies in memory as the transpose of what the
 * product reads. Each may be some columns of a wider matrix, whose rows are then further apart.
 *
 * @param precision the format of all three
 * @param m rows of C
 * @param n columns of C
 * @param k the length of the sums
 * @param transposeA whether A lies in memory as k x m
 * @param transposeB whether B lies in memory as n x k
 * @param accumulate whether the product is added to C or replaces it
 * @param strideA from one row of A in memory to the next
 * @param strideB from one row of B in memory to the next
 * @param strideC from one row of C to the next
 */
public record Gemm(
    Precision precision,
    int m,
    int n,
    int k,
    boolean transposeA,
    boolean transposeB,
    boolean accumulate,
    int strideA,
    int strideB,
    int strideC) {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException where one is below 1, or rows overlap
   */
  public Gemm {
    if (m < 1 || n < 1 || k < 1) {
      throw new IllegalArgumentException(
          "product of sizes m=" + m + ", n=" + n + ", k=" + k + ": expected 1 or more of each");
    }
    checkStride("A", transposeA ? m : k, strideA);
    checkStride("B", transposeB ? k : n, strideB);
    checkStride("C", n, strideC);
  }

  private static void checkStride(String matrix, int width, int stride) {
    if (stride < width) {
      throw new IllegalArgumentException(
          "product with rows of " + width + " elements of " + matrix + ", " + stride + " apart");
    }
  }

  /** A product of matrices without gaps. */
  public Gemm(
      Precision precision,
      int m,
      int n,
      int k,
      boolean transposeA,
      boolean transposeB,
      boolean accumulate) {
    this(
        precision,
        m,
        n,
        k,
        transposeA,
        transposeB,
        accumulate,
        transposeA ? m : k,
        transposeB ? k : n,
        n);
  }

  /** This product with rows of A so far apart. */
  public Gemm withStrideA(int stride) {
    return new Gemm(
        precision, m, n, k, transposeA, transposeB, accumulate, stride, strideB, strideC);
  }

  /** This product with rows of B so far apart. */
  public Gemm withStrideB(int stride) {
    return new Gemm(
        precision, m, n, k, transposeA, transposeB, accumulate, strideA, stride, strideC);
  }

  /** This product with rows of C so far apart. */
  public Gemm withStrideC(int stride) {
    return new Gemm(
        precision, m, n, k, transposeA, transposeB, accumulate, strideA, strideB, stride);
  }

  /** The elements from the first of A to the last. */
  public long lengthA() {
    return transposeA ? length(k, m, strideA) : length(m, k, strideA);
  }

  /** The elements from the first of B to the last. */
  public long lengthB() {
    return transposeB ? length(n, k, strideB) : length(k, n, strideB);
  }

  /** The elements from the first of C to the last. */
  public long lengthC() {
    return length(m, n, strideC);
  }

  private static long length(int rows, int width, int stride) {
    return (long) (rows - 1) * stride + width;
  }

  /** The floating-point operations: a multiplication and an addition a term. */
  public long flops() {
    return 2L * m * n * k;
  }
}
