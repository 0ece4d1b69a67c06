package org.rondoml.tck;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.Kernels;
import org.rondoml.core.compute.Memory;

/**
 * A matrix product with numbers: three matrices, each at an offset in memory with a margin on both
 * sides, and what must come out of it, by a plain triple loop in double precision.
 */
public final class GemmCase {
  private static final int MARGIN = 5;

  private final Gemm gemm;
  private final int offset;
  private final double[] valuesA;
  private final double[] valuesB;
  private final double[] valuesC;
  private final Memory a;
  private final Memory b;
  private final Memory c;

  /**
   * Draws the matrices: the same for a product whatever their offset.
   *
   * @param gemm the product
   * @param offset where each matrix starts in its memory
   */
  public GemmCase(Gemm gemm, int offset) {
    this.gemm = gemm;
    this.offset = offset;
    RandomGenerator random =
        RandomGeneratorFactory.of("L64X128MixRandom").create(gemm.toString().hashCode());
    valuesA = draw(random, gemm.lengthA());
    valuesB = draw(random, gemm.lengthB());
    valuesC = draw(random, gemm.lengthC());
    if (!gemm.accumulate()) {
      // What is replaced must not be read: whatever it is, it would come through.
      for (int row = 0; row < gemm.m(); row++) {
        int start = offset + row * gemm.strideC();
        java.util.Arrays.fill(valuesC, start, start + gemm.n(), Double.NaN);
      }
    }
    a = memory(valuesA);
    b = memory(valuesB);
    c = memory(valuesC);
  }

  private double[] draw(RandomGenerator random, long length) {
    double[] values = new double[offset + Math.toIntExact(length) + MARGIN];
    java.util.Arrays.fill(values, 7); // what lies beside the matrix
    for (int i = offset; i < offset + length; i++) {
      double value = random.nextDouble(-1, 1);
      values[i] = gemm.precision() == Precision.FLOAT32 ? (float) value : value;
    }
    return values;
  }

  private Memory memory(double[] values) {
    INDArray array = Nd4j.createUninitialized(gemm.precision().dataType(), values.length);
    array.assign(Nd4j.createFromArray(values));
    return Memory.of(array);
  }

  /** The product. */
  public Gemm gemm() {
    return gemm;
  }

  /** Where each matrix starts. */
  public int offset() {
    return offset;
  }

  /** A's memory. */
  public Memory a() {
    return a;
  }

  /** B's memory. */
  public Memory b() {
    return b;
  }

  /** C's memory. */
  public Memory c() {
    return c;
  }

  /** Computes by unpacked operands; C's initial values are restored before. */
  public double[] run(Kernels kernels) {
    reset();
    kernels.plan(gemm).run(a, offset, b, offset, c, offset);
    return result();
  }

  /** Computes by a packed B; C's initial values are restored before. */
  public double[] runPacked(Kernels kernels) {
    reset();
    kernels.plan(gemm, b, offset).product().run(a, offset, c, offset);
    return result();
  }

  /** Gives C its initial values again. */
  public void reset() {
    c.array().assign(Nd4j.createFromArray(valuesC));
  }

  /** The whole of C's memory, margins included. */
  public double[] result() {
    return c.array().castTo(Precision.FLOAT64.dataType()).dup('c').data().asDouble();
  }

  /**
   * Compares with the triple loop. The bound is that of any order of summation: |error| &lt;= (k +
   * 1) u (|c| + sum |a| |b|), where u is half a unit in the last place of 1 (Higham, Accuracy and
   * Stability of Numerical Algorithms, 3.1). Outside the matrix nothing may have changed.
   */
  public void check(String how, double[] found) {
    double unit = gemm.precision() == Precision.FLOAT32 ? 0x1p-24 : 0x1p-53;
    int end = offset + Math.toIntExact(gemm.lengthC());
    for (int i = 0; i < found.length; i++) {
      int column = (i - offset) % gemm.strideC();
      if (i < offset || i >= end || column >= gemm.n()) {
        if (found[i] != valuesC[i]) {
          fail(how + ", " + gemm + ": element " + (i - offset) + " outside of C was overwritten");
        }
        continue;
      }
      int row = (i - offset) / gemm.strideC();
      double expected = gemm.accumulate() ? valuesC[i] : 0;
      double size = Math.abs(expected);
      for (int l = 0; l < gemm.k(); l++) {
        double term = left(row, l) * right(l, column);
        expected += term;
        size += Math.abs(term);
      }
      double bound = (gemm.k() + 1) * unit * size;
      // Written so that NaN fails, too.
      if (!(Math.abs(found[i] - expected) <= bound)) {
        fail(
            how
                + ", "
                + gemm
                + ", offset "
                + offset
                + ": C["
                + row
                + ", "
                + column
                + "] is "
                + found[i]
                + ", expected "
                + expected
                + " +- "
                + bound);
      }
    }
  }

  private double left(int row, int l) {
    return valuesA[
        offset + (gemm.transposeA() ? l * gemm.strideA() + row : row * gemm.strideA() + l)];
  }

  private double right(int l, int column) {
    return valuesB[
        offset + (gemm.transposeB() ? column * gemm.strideB() + l : l * gemm.strideB() + column)];
  }
}
