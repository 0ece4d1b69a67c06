package org.rondoml.core.compute;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;

/** Products of one row by the Vector API; a JVM without it leaves them to the libraries. */
class RowOperandTest {
  private static final int N = 512;
  private static final int K = 37;
  private static final boolean VECTORS = Vec.implementation().contains("Vector API");

  private static Memory random(long length) {
    return Memory.of(Nd4j.rand(Precision.FLOAT32.dataType(), 1, length));
  }

  private static double[] sums(Memory a, long aAt, Memory b, long bAt, double[] start) {
    double[] sums = start.clone();
    for (int column = 0; column < N; column++) {
      for (int k = 0; k < K; k++) {
        double left = a.array().getDouble(aAt + k);
        sums[column] += left * b.array().getDouble(bAt + (long) k * N + column);
      }
    }
    return sums;
  }

  @Test
  void itAgreesWithTheSums() {
    Memory a = random(K + 2);
    Memory b = random(K * N + 5);
    Memory c = random(N + 3);
    Memory bias = random(N + 1);
    double[] zeros = new double[N];
    double[] biases = new double[N];
    double[] before = new double[N];
    for (int i = 0; i < N; i++) {
      biases[i] = bias.array().getDouble(i + 1);
      before[i] = c.array().getDouble(i + 3);
    }
    PackedOperand adding = Vec.rowOperand(gemm(1, N, true), b, 5);
    PackedOperand replacing = Vec.rowOperand(gemm(1, N, false), b, 5);
    if (!VECTORS) {
      assertNull(adding);
      assertNull(replacing);
      return;
    }
    assertNotNull(adding);
    assertNotNull(replacing);
    adding.product().run(a, 2, c, 3);
    check(sums(a, 2, b, 5, before), c);
    replacing.product().run(a, 2, c, 3);
    check(sums(a, 2, b, 5, zeros), c);
    replacing.product(bias, 1).run(a, 2, c, 3);
    check(sums(a, 2, b, 5, biases), c);
    b.array().muli(2); // it has a copy, until it is told
    replacing.product().run(a, 2, c, 3);
    replacing.pack();
    Memory doubled = Memory.of(Nd4j.create(Precision.FLOAT32.dataType(), N));
    replacing.product().run(a, 2, doubled, 0);
    for (int i = 0; i < N; i++) {
      assertEquals(2 * c.array().getDouble(i + 3), doubled.array().getDouble(i), 1e-4);
    }
  }

  private static void check(double[] expected, Memory c) {
    for (int i = 0; i < N; i++) {
      assertEquals(expected[i], c.array().getDouble(i + 3), 1e-5 * K, "column " + i);
    }
  }

  @Test
  void columnsCanBeComputedApart() {
    Memory a = random(K);
    Memory b = random(K * N);
    PackedOperand operand = Vec.rowOperand(gemm(1, N, false), b, 0);
    if (!VECTORS) {
      assertNull(operand);
      return;
    }
    assertNotNull(operand);
    ColumnProduct product = assertInstanceOf(ColumnProduct.class, operand.product());
    assertEquals(N, product.columns());
    Memory whole = random(N);
    Memory parts = random(N);
    product.run(a, 0, whole, 0);
    for (int column = 0; column < N; column += product.grain()) {
      product.run(a, 0, parts, 0, column, column + product.grain());
    }
    assertArrayEquals(whole.array().toFloatVector(), parts.array().toFloatVector());
  }

  @Test
  void columnsOfAWiderMatrixAreTheSameAsACopyOfThem() {
    int width = N + 7;
    Memory a = random(K);
    Memory wide = random((long) K * width);
    Memory bias = random(N);
    Memory copied = random(K * N);
    for (int k = 0; k < K; k++) {
      copied.copyFrom(wide, (long) k * width + 3, (long) k * N, N);
    }
    PackedOperand columns = Vec.rowOperand(gemm(1, N, true).withStrideB(width), wide, 3);
    PackedOperand dense = Vec.rowOperand(gemm(1, N, true), copied, 0);
    if (!VECTORS) {
      assertNull(columns);
      return;
    }
    assertNotNull(columns);
    assertNotNull(dense);
    Memory expected = random(N);
    Memory found = Memory.of(expected.array().dup());
    double[] before = new double[N];
    for (int i = 0; i < N; i++) {
      before[i] = expected.array().getDouble(i) + bias.array().getDouble(i);
    }
    dense.product(bias, 0).run(a, 0, expected, 0);
    columns.product(bias, 0).run(a, 0, found, 0);
    assertArrayEquals(expected.array().toFloatVector(), found.array().toFloatVector());
    double[] sums = sums(a, 0, copied, 0, before);
    for (int i = 0; i < N; i++) {
      assertEquals(sums[i], found.array().getDouble(i), 1e-5 * K, "column " + i);
    }
  }

  @Test
  void otherProductsAreLeftToTheLibraries() {
    Memory b = random(K * N);
    assertNull(Vec.rowOperand(gemm(2, N, false), b, 0));
    assertNull(Vec.rowOperand(gemm(1, N - 1, false), b, 0));
    assertNull(Vec.rowOperand(new Gemm(Precision.FLOAT32, 1, N, K, false, true, false), b, 0));
    assertNull(Vec.rowOperand(new Gemm(Precision.FLOAT64, 1, N, K, false, false, false), b, 0));
  }

  private static Gemm gemm(int m, int n, boolean accumulate) {
    return new Gemm(Precision.FLOAT32, m, n, K, false, false, accumulate);
  }
}
