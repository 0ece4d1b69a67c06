package org.rondoml.core.compute;

import org.rondoml.api.Precision;

/**
 * A matrix product: C (m x n) = op(A) (m x k) · op(B) (k x n), added to C where {@code accumulate}. All
 * matrices are row-major without gaps; a transposed operand lies in memory as the transpose of what the
 * product reads.
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

  /** The floating-point operations: a multiplication and an addition a term. */
  public long flops() {
    return 2L * m * n * k;
  }
}
