package org.rondoml.core.compute;

import org.rondoml.api.Precision;

/**
 * A matrix product: C (m x n) = op(A) (m x k) · op(B) (k x n), added to C where {@code accumulate}.
 * All matrices are row-major without gaps; a transposed operand lies in memory as the transpose of
 * what the product reads.
 *
 * @param precision the format of all three
 * @param m rows of C
 * @param n columns of C
 * @param k the length of the sums
 * @param transposeA whether A lies in memory as k x m
 * @param transposeB whether B lies in memory as n x k
 * @param accumulate whether the product is added to C or replaces it
 */
public record Gemm(
    Precision precision,
    int m,
    int n,
    int k,
    boolean transposeA,
    boolean transposeB,
    boolean accumulate) {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException where one is below 1
   */
  public Gemm {
    if (m < 1 || n < 1 || k < 1) {
      throw new IllegalArgumentException(
          "product of sizes m=" + m + ", n=" + n + ", k=" + k + ": expected 1 or more of each");
    }
  }

  /** The elements of A. */
  public long lengthA() {
    return (long) m * k;
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
