package org.rondoml.core.compute;

import org.rondoml.api.Precision;

/**
 * A matrix product: C (m x n) = op(A) (m x k) · op(B) (k x n), added to C where {@code accumulate}.
 * All matrices are row-major, B and C without gaps; a transposed operand lies in memory as the
 * transpose of what the product reads. A may be some columns of a wider matrix.
 *
 * @param precision the format of all three
 * @param m rows of C
 * @param n columns of C
 * @param k the length of the sums
 * @param transposeA whether A lies in memory as k x m
 * @param transposeB whether B lies in memory as n x k
 * @param accumulate whether the product is added to C or replaces it
 * @param strideA from one row of A in memory to the next
 */
public record Gemm(
    Precision precision,
    int m,
    int n,
    int k,
    boolean transposeA,
    boolean transposeB,
    boolean accumulate,
    int strideA) {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException where one is below 1, or A's rows overlap
   */
  public Gemm {
    if (m < 1 || n < 1 || k < 1) {
      throw new IllegalArgumentException(
          "product of sizes m=" + m + ", n=" + n + ", k=" + k + ": expected 1 or more of each");
    }
    int width = transposeA ? m : k;
    if (strideA < width) {
      throw new IllegalArgumentException(
          "product with rows of " + width + " elements of A, " + strideA + " apart");
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
    this(precision, m, n, k, transposeA, transposeB, accumulate, transposeA ? m : k);
  }

  /** The elements from the first of A to the last. */
  public long lengthA() {
    int rows = transposeA ? k : m;
    int width = transposeA ? m : k;
    return (long) (rows - 1) * strideA + width;
  }

  /** The elements of B. */
  public long lengthB() {
    return (long) k * n;
  }

  /** The elements of C. */
  public long lengthC() {
    return (long) m * n;
  }

  /** The floating-point operations: a multiplication and an addition a term. */
  public long flops() {
    return 2L * m * n * k;
  }
}
