package org.rondoml.core.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.rondoml.api.Precision;

class GemmTest {
  private static final Gemm PLAIN = new Gemm(Precision.FLOAT32, 2, 3, 4, false, false, false);
  private static final Gemm TRANSPOSED = new Gemm(Precision.FLOAT32, 2, 3, 4, true, true, false);

  @Test
  void rowsLieWithoutGapsUnlessToldOtherwise() {
    assertEquals(4, PLAIN.strideA());
    assertEquals(3, PLAIN.strideB());
    assertEquals(3, PLAIN.strideC());
    assertEquals(2, TRANSPOSED.strideA());
    assertEquals(4, TRANSPOSED.strideB());
    assertEquals(3, TRANSPOSED.strideC());
  }

  @Test
  void aMatrixReachesFromItsFirstElementToItsLast() {
    assertEquals(10 + 4, PLAIN.withStrideA(10).lengthA());
    assertEquals(3 * 10 + 3, PLAIN.withStrideB(10).lengthB());
    assertEquals(10 + 3, PLAIN.withStrideC(10).lengthC());
    assertEquals(3 * 10 + 2, TRANSPOSED.withStrideA(10).lengthA());
    assertEquals(2 * 10 + 4, TRANSPOSED.withStrideB(10).lengthB());
  }

  @Test
  void rowsThatOverlapAreRefused() {
    refused("product with rows of 4 elements of A, 3 apart", () -> PLAIN.withStrideA(3));
    refused("product with rows of 3 elements of B, 2 apart", () -> PLAIN.withStrideB(2));
    refused("product with rows of 3 elements of C, 2 apart", () -> PLAIN.withStrideC(2));
    refused("product with rows of 4 elements of B, 3 apart", () -> TRANSPOSED.withStrideB(3));
    refused(
        "product of sizes m=0, n=1, k=1: expected 1 or more of each",
        () -> new Gemm(Precision.FLOAT32, 0, 1, 1, false, false, false));
  }

  private static void refused(String message, Executable made) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, made).getMessage());
  }
}
