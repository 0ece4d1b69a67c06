package org.rondoml.core.compute;

import static org.rondoml.core.compute.Lanes.ALL;
import static org.rondoml.core.compute.Lanes.ORDER;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Precision;

/**
 * The right operand of products of a single row, in panels of as many columns as eight registers
 * have lanes: a row times a panel reads memory from its start to its end. Such a product does one
 * multiplication an element read, so it is as fast as memory is, and calling a native library would
 * cost as much again.
 */
// What can fail fails before the first access: a fence needs no finally.
@SuppressWarnings("ReachabilityFenceUsage")
final class LanePanels implements PackedOperand {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final long REGISTER = SPECIES.vectorByteSize();
  private static final int WIDTH = 8 * SPECIES.length();

  private final Gemm gemm;
  private final Memory source;
  private final long sourceOffset;
  private final MemorySegment panels;
  private final MemorySegment zeros;

  private LanePanels(Gemm gemm, Memory source, long sourceOffset) {
    this.gemm = gemm;
    this.source = source;
    this.sourceOffset = sourceOffset;
    panels = Lanes.allocate(gemm.k() * gemm.n(), Float.BYTES);
    zeros = Lanes.allocate(WIDTH, Float.BYTES);
    pack();
  }

  /** The operand, or null for a product that is none of a single row and whole panels. */
  static @Nullable PackedOperand of(Gemm gemm, Memory b, long bOffset) {
    boolean fits =
        gemm.m() == 1
            && gemm.n() % WIDTH == 0
            && gemm.precision() == Precision.FLOAT32
            && !gemm.transposeA()
            && !gemm.transposeB();
    return fits ? new LanePanels(gemm, b, bOffset) : null;
  }

  @Override
  public void pack() {
    long from = source.address(Precision.FLOAT32, sourceOffset, gemm.lengthB());
    long width = (long) gemm.n() * Float.BYTES;
    long row = (long) gemm.strideB() * Float.BYTES;
    long part = (long) WIDTH * Float.BYTES;
    long to = 0;
    for (long panel = 0; panel < width; panel += part) {
      for (int k = 0; k < gemm.k(); k++) {
        MemorySegment.copy(ALL, from + k * row + panel, panels, to, part);
        to += part;
      }
    }
    Reference.reachabilityFence(source);
  }

  @Override
  public PackedProduct product() {
    return new Run(null, 0);
  }

  @Override
  public PackedProduct product(Memory bias, long offset) {
    return new Run(bias, offset);
  }

  private final class Run implements ColumnProduct {
    private final @Nullable Memory bias;
    private final long biasOffset;

    Run(@Nullable Memory bias, long biasOffset) {
      this.bias = bias;
      this.biasOffset = biasOffset;
    }

    @Override
    public int columns() {
      return gemm.n();
    }

    @Override
    public int grain() {
      return WIDTH;
    }

    @Override
    public void run(Memory a, long aOffset, Memory c, long cOffset, int from, int to) {
      long x = a.address(Precision.FLOAT32, aOffset, gemm.k());
      long y = c.address(Precision.FLOAT32, cOffset, gemm.n());
      Memory added = bias;
      long b = added == null ? 0 : added.address(Precision.FLOAT32, biasOffset, gemm.n());
      for (int column = from; column < to; column += WIDTH) {
        long at = (long) column * Float.BYTES;
        long start = gemm.accumulate() ? y + at : zeros.address();
        long more = added == null ? zeros.address() : b + at;
        times(x, panels.address() + at * gemm.k(), gemm.k(), start, more, y + at);
      }
      Reference.reachabilityFence(a);
      Reference.reachabilityFence(c);
      Reference.reachabilityFence(added);
      Reference.reachabilityFence(LanePanels.this);
    }
  }

  /** y = start + more + x times a panel, where all are addresses. */
  private static void times(long x, long panel, int length, long start, long more, long y) {
    FloatVector s0 = sum(start, more);
    FloatVector s1 = sum(start + REGISTER, more + REGISTER);
    FloatVector s2 = sum(start + 2 * REGISTER, more + 2 * REGISTER);
    FloatVector s3 = sum(start + 3 * REGISTER, more + 3 * REGISTER);
    FloatVector s4 = sum(start + 4 * REGISTER, more + 4 * REGISTER);
    FloatVector s5 = sum(start + 5 * REGISTER, more + 5 * REGISTER);
    FloatVector s6 = sum(start + 6 * REGISTER, more + 6 * REGISTER);
    FloatVector s7 = sum(start + 7 * REGISTER, more + 7 * REGISTER);
    for (int k = 0; k < length; k++) {
      FloatVector a =
          FloatVector.broadcast(
              SPECIES, ALL.get(ValueLayout.JAVA_FLOAT_UNALIGNED, x + (long) k * Float.BYTES));
      long p = panel + (long) k * 8 * REGISTER;
      s0 = a.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p, ORDER), s0);
      s1 = a.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p + REGISTER, ORDER), s1);
      s2 = a.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p + 2 * REGISTER, ORDER), s2);
      s3 = a.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p + 3 * REGISTER, ORDER), s3);
      s4 = a.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p + 4 * REGISTER, ORDER), s4);
      s5 = a.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p + 5 * REGISTER, ORDER), s5);
      s6 = a.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p + 6 * REGISTER, ORDER), s6);
      s7 = a.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p + 7 * REGISTER, ORDER), s7);
    }
    s0.intoMemorySegment(ALL, y, ORDER);
    s1.intoMemorySegment(ALL, y + REGISTER, ORDER);
    s2.intoMemorySegment(ALL, y + 2 * REGISTER, ORDER);
    s3.intoMemorySegment(ALL, y + 3 * REGISTER, ORDER);
    s4.intoMemorySegment(ALL, y + 4 * REGISTER, ORDER);
    s5.intoMemorySegment(ALL, y + 5 * REGISTER, ORDER);
    s6.intoMemorySegment(ALL, y + 6 * REGISTER, ORDER);
    s7.intoMemorySegment(ALL, y + 7 * REGISTER, ORDER);
  }

  private static FloatVector sum(long a, long b) {
    return FloatVector.fromMemorySegment(SPECIES, ALL, a, ORDER)
        .add(FloatVector.fromMemorySegment(SPECIES, ALL, b, ORDER));
  }
}
