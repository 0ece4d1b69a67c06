package org.rondoml.core.compute;

import static org.rondoml.core.compute.Lanes.ALL;
import static org.rondoml.core.compute.Lanes.ORDER;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Precision;

/**
 * 64-bit vectors in native memory. A loop takes a register of lanes at a time; what is left over at
 * the end is computed element by element. The results are those of {@link DoubleVec} but for the
 * last places of tanh, sigmoid and exp.
 */
// What can fail in an operation fails before its first access: a fence needs no finally.
@SuppressWarnings("ReachabilityFenceUsage")
final class LaneDoubleVec extends Vec {
  static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

  private static final int LANES = SPECIES.vectorByteSize();
  private static final int SIZE = Double.BYTES;

  /** The bytes of all elements, and of those in whole registers. */
  private final int bytes;

  private final int whole;

  /** Keeps the elements' memory. */
  @SuppressWarnings("UnusedVariable")
  private @Nullable Object owner;

  private long address;

  LaneDoubleVec(int length, @Nullable MemorySegment own) {
    super(length, own == null);
    bytes = Math.multiplyExact(length, SIZE);
    whole = bytes - bytes % LANES;
    owner = own;
    address = own == null ? 0 : own.address();
  }

  private static long at(Vec vec) {
    return ((LaneDoubleVec) vec).address;
  }

  private static double element(long address) {
    return ALL.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, address);
  }

  private static void set(long address, double element) {
    ALL.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, address, element);
  }

  /** Ends an operation: until here the memory of its operands must not be freed. */
  private Vec result(Vec a, Vec b) {
    Reference.reachabilityFence(a);
    Reference.reachabilityFence(b);
    Reference.reachabilityFence(this);
    return this;
  }

  private Vec result(Vec a) {
    return result(a, a);
  }

  @Override
  public Precision precision() {
    return Precision.FLOAT64;
  }

  @Override
  public double get(int k) {
    double value = element(address + (long) java.util.Objects.checkIndex(k, length()) * SIZE);
    Reference.reachabilityFence(this);
    return value;
  }

  @Override
  public void set(int k, double value) {
    set(address + (long) java.util.Objects.checkIndex(k, length()) * SIZE, value);
    Reference.reachabilityFence(this);
  }

  @Override
  public Vec load(Memory memory, long offset) {
    requireWindow(false);
    move(memory.address(precision(), offset, length()), address);
    Reference.reachabilityFence(memory);
    return result(this);
  }

  @Override
  public void store(Memory memory, long offset) {
    requireWindow(false);
    move(address, memory.address(precision(), offset, length()));
    Reference.reachabilityFence(memory);
    Reference.reachabilityFence(this);
  }

  private void move(long from, long to) {
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector.fromMemorySegment(SPECIES, ALL, from + k, ORDER)
          .intoMemorySegment(ALL, to + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      set(to + k, element(from + k));
    }
  }

  @Override
  public Vec reads(Memory memory, long offset) {
    requireWindow(true);
    address = memory.address(precision(), offset, length());
    owner = memory;
    return this;
  }

  @Override
  public Vec updates(Memory memory, long offset) {
    return reads(memory, offset);
  }

  @Override
  public Vec writes(Memory memory, long offset) {
    return reads(memory, offset);
  }

  @Override
  public void done() {
    requireWindow(true);
  }

  @Override
  public Vec copy(Vec a) {
    move(at(a), address);
    return result(a);
  }

  @Override
  public Vec fill(double value) {
    final long x = address;
    final double v = value;
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector.broadcast(SPECIES, v).intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      set(x + k, v);
    }
    return result(this);
  }

  @Override
  public Vec add(Vec a, Vec b) {
    final long x = address;
    final long p = at(a);
    final long q = at(b);
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER)
          .add(DoubleVector.fromMemorySegment(SPECIES, ALL, q + k, ORDER))
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      set(x + k, element(p + k) + element(q + k));
    }
    return result(a, b);
  }

  @Override
  public Vec subtract(Vec a, Vec b) {
    final long x = address;
    final long p = at(a);
    final long q = at(b);
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER)
          .sub(DoubleVector.fromMemorySegment(SPECIES, ALL, q + k, ORDER))
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      set(x + k, element(p + k) - element(q + k));
    }
    return result(a, b);
  }

  @Override
  public Vec multiply(Vec a, Vec b) {
    final long x = address;
    final long p = at(a);
    final long q = at(b);
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER)
          .mul(DoubleVector.fromMemorySegment(SPECIES, ALL, q + k, ORDER))
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      set(x + k, element(p + k) * element(q + k));
    }
    return result(a, b);
  }

  @Override
  public Vec divide(Vec a, Vec b) {
    final long x = address;
    final long p = at(a);
    final long q = at(b);
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER)
          .div(DoubleVector.fromMemorySegment(SPECIES, ALL, q + k, ORDER))
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      set(x + k, element(p + k) / element(q + k));
    }
    return result(a, b);
  }

  @Override
  public Vec max(Vec a, Vec b) {
    final long x = address;
    final long p = at(a);
    final long q = at(b);
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER)
          .max(DoubleVector.fromMemorySegment(SPECIES, ALL, q + k, ORDER))
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      set(x + k, Math.max(element(p + k), element(q + k)));
    }
    return result(a, b);
  }

  @Override
  public Vec addProduct(Vec a, Vec b) {
    final long x = address;
    final long p = at(a);
    final long q = at(b);
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector.fromMemorySegment(SPECIES, ALL, x + k, ORDER)
          .add(
              DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER)
                  .mul(DoubleVector.fromMemorySegment(SPECIES, ALL, q + k, ORDER)))
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      set(x + k, element(x + k) + element(p + k) * element(q + k));
    }
    return result(a, b);
  }

  @Override
  public Vec sumOfProducts(Vec a, Vec b, Vec c, Vec d) {
    final long x = address;
    final long p = at(a);
    final long q = at(b);
    final long r = at(c);
    final long s = at(d);
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER)
          .mul(DoubleVector.fromMemorySegment(SPECIES, ALL, q + k, ORDER))
          .add(
              DoubleVector.fromMemorySegment(SPECIES, ALL, r + k, ORDER)
                  .mul(DoubleVector.fromMemorySegment(SPECIES, ALL, s + k, ORDER)))
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      set(x + k, element(p + k) * element(q + k) + element(r + k) * element(s + k));
    }
    Reference.reachabilityFence(c);
    Reference.reachabilityFence(d);
    return result(a, b);
  }

  @Override
  public Vec affine(Vec a, double scale, double offset) {
    final long x = address;
    final long p = at(a);
    final double m = scale;
    final double n = offset;
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER)
          .mul(m)
          .add(n)
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      set(x + k, element(p + k) * m + n);
    }
    return result(a);
  }

  @Override
  public Vec scale(Vec a, double scale) {
    final long x = address;
    final long p = at(a);
    final double m = scale;
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER)
          .mul(m)
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      set(x + k, element(p + k) * m);
    }
    return result(a);
  }

  @Override
  public Vec addScaled(Vec a, double scale) {
    final long x = address;
    final long p = at(a);
    final double m = scale;
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector.fromMemorySegment(SPECIES, ALL, x + k, ORDER)
          .add(DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER).mul(m))
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      set(x + k, element(x + k) + element(p + k) * m);
    }
    return result(a);
  }

  @Override
  public Vec blend(double keep, Vec a, double scale) {
    final long x = address;
    final long p = at(a);
    final double m = keep;
    final double n = scale;
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector.fromMemorySegment(SPECIES, ALL, x + k, ORDER)
          .mul(m)
          .add(DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER).mul(n))
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      set(x + k, element(x + k) * m + element(p + k) * n);
    }
    return result(a);
  }

  @Override
  public Vec blendSquare(double keep, Vec a, double scale) {
    final long x = address;
    final long p = at(a);
    final double m = keep;
    final double n = scale;
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector g = DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER);
      DoubleVector.fromMemorySegment(SPECIES, ALL, x + k, ORDER)
          .mul(m)
          .add(g.mul(g).mul(n))
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      double g = element(p + k);
      set(x + k, element(x + k) * m + g * g * n);
    }
    return result(a);
  }

  @Override
  public Vec subtractRatio(double rate, Vec m, Vec v, double epsilon) {
    final long x = address;
    final long p = at(m);
    final long q = at(v);
    final double a = rate;
    final double e = epsilon;
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector.fromMemorySegment(SPECIES, ALL, x + k, ORDER)
          .sub(
              DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER)
                  .mul(a)
                  .div(DoubleVector.fromMemorySegment(SPECIES, ALL, q + k, ORDER).sqrt().add(e)))
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      set(x + k, element(x + k) - a * element(p + k) / (Math.sqrt(element(q + k)) + e));
    }
    return result(m, v);
  }

  @Override
  public Vec clip(Vec a, double low, double high) {
    final long x = address;
    final long p = at(a);
    final double l = low;
    final double h = high;
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER)
          .max(l)
          .min(h)
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      set(x + k, Math.min(Math.max(element(p + k), l), h));
    }
    return result(a);
  }

  @Override
  public Vec clippedLine(Vec a, double slope, double offset, double low, double high) {
    final long x = address;
    final long p = at(a);
    final double m = slope;
    final double n = offset;
    final double l = low;
    final double h = high;
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER)
          .mul(m)
          .add(n)
          .max(l)
          .min(h)
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      set(x + k, Math.min(Math.max(element(p + k) * m + n, l), h));
    }
    return result(a);
  }

  @Override
  public Vec passInside(Vec y, Vec dy, double low, double high, double scale) {
    final long x = address;
    final long p = at(y);
    final long q = at(dy);
    final double l = low;
    final double h = high;
    final double m = scale;
    final DoubleVector zero = DoubleVector.zero(SPECIES);
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector value = DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER);
      VectorMask<Double> inside =
          value.compare(VectorOperators.GT, l).and(value.compare(VectorOperators.LT, h));
      zero.blend(DoubleVector.fromMemorySegment(SPECIES, ALL, q + k, ORDER).mul(m), inside)
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      double value = element(p + k);
      set(x + k, value > l && value < h ? element(q + k) * m : 0);
    }
    return result(y, dy);
  }

  @Override
  public Vec abs(Vec a) {
    final long x = address;
    final long p = at(a);
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER)
          .abs()
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      set(x + k, Math.abs(element(p + k)));
    }
    return result(a);
  }

  @Override
  public Vec sign(Vec a) {
    final long x = address;
    final long p = at(a);
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER);
      v.blend(1, v.compare(VectorOperators.GT, 0))
          .blend(-1, v.compare(VectorOperators.LT, 0))
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      set(x + k, Math.signum(element(p + k)));
    }
    return result(a);
  }

  @Override
  public Vec sqrt(Vec a) {
    final long x = address;
    final long p = at(a);
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER)
          .sqrt()
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      set(x + k, Math.sqrt(element(p + k)));
    }
    return result(a);
  }

  @Override
  public Vec relu(Vec a) {
    final long x = address;
    final long p = at(a);
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER)
          .max(0)
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      set(x + k, Math.max(element(p + k), 0));
    }
    return result(a);
  }

  @Override
  public Vec larger(Vec a, Vec b) {
    final long x = address;
    final long p = at(a);
    final long q = at(b);
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER)
          .max(DoubleVector.fromMemorySegment(SPECIES, ALL, q + k, ORDER))
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      set(x + k, Math.max(element(p + k), element(q + k)));
    }
    return result(a, b);
  }

  @Override
  public Vec equal(Vec a, Vec b) {
    final long x = address;
    final long p = at(a);
    final long q = at(b);
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector.zero(SPECIES)
          .blend(
              1,
              DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER)
                  .eq(DoubleVector.fromMemorySegment(SPECIES, ALL, q + k, ORDER)))
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      set(x + k, element(p + k) == element(q + k) ? 1 : 0);
    }
    return result(a, b);
  }

  @Override
  public Vec addToFirst(Vec a, Vec b, Vec dy, Vec free) {
    final long x = address;
    final long p = at(a);
    final long q = at(b);
    final long r = at(dy);
    final long s = at(free);
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector before = DoubleVector.fromMemorySegment(SPECIES, ALL, s + k, ORDER);
      DoubleVector taken =
          DoubleVector.zero(SPECIES)
              .blend(
                  before,
                  DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER)
                      .eq(DoubleVector.fromMemorySegment(SPECIES, ALL, q + k, ORDER)));
      before.sub(taken).intoMemorySegment(ALL, s + k, ORDER);
      DoubleVector.fromMemorySegment(SPECIES, ALL, x + k, ORDER)
          .add(taken.mul(DoubleVector.fromMemorySegment(SPECIES, ALL, r + k, ORDER)))
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      double taken = element(p + k) == element(q + k) ? element(s + k) : 0;
      set(s + k, element(s + k) - taken);
      set(x + k, element(x + k) + taken * element(r + k));
    }
    Reference.reachabilityFence(dy);
    Reference.reachabilityFence(free);
    return result(a, b);
  }

  @Override
  public Vec sigmoidGradient(Vec y, Vec dy) {
    final long x = address;
    final long p = at(y);
    final long q = at(dy);
    final DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector value = DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER);
      DoubleVector.fromMemorySegment(SPECIES, ALL, q + k, ORDER)
          .mul(value)
          .mul(one.sub(value))
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      double value = element(p + k);
      set(x + k, element(q + k) * value * (1 - value));
    }
    return result(y, dy);
  }

  @Override
  public Vec tanhGradient(Vec y, Vec dy) {
    final long x = address;
    final long p = at(y);
    final long q = at(dy);
    final DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector value = DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER);
      DoubleVector.fromMemorySegment(SPECIES, ALL, q + k, ORDER)
          .mul(one.sub(value.mul(value)))
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      double value = element(p + k);
      set(x + k, element(q + k) * (1 - value * value));
    }
    return result(y, dy);
  }

  @Override
  public Vec gradient(Curve f, Vec values, Vec first, Vec second) {
    final long x = address;
    final long y = at(values);
    final long p = at(first);
    final long q = at(second);
    int k = 0;
    if (f instanceof Curve.ClippedLine line) {
      final double m = line.slope();
      final double l = line.low();
      final double h = line.high();
      final DoubleVector zero = DoubleVector.zero(SPECIES);
      for (; k < whole; k += LANES) {
        DoubleVector value = DoubleVector.fromMemorySegment(SPECIES, ALL, y + k, ORDER);
        VectorMask<Double> inside =
            value.compare(VectorOperators.GT, l).and(value.compare(VectorOperators.LT, h));
        zero.blend(
                DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER)
                    .mul(DoubleVector.fromMemorySegment(SPECIES, ALL, q + k, ORDER))
                    .mul(m),
                inside)
            .intoMemorySegment(ALL, x + k, ORDER);
      }
      for (; k < bytes; k += SIZE) {
        double value = element(y + k);
        set(x + k, (value > l && value < h ? element(p + k) * element(q + k) * m : 0));
      }
    } else if (f instanceof Curve.Tanh) {
      final DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
      for (; k < whole; k += LANES) {
        DoubleVector value = DoubleVector.fromMemorySegment(SPECIES, ALL, y + k, ORDER);
        DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER)
            .mul(DoubleVector.fromMemorySegment(SPECIES, ALL, q + k, ORDER))
            .mul(one.sub(value.mul(value)))
            .intoMemorySegment(ALL, x + k, ORDER);
      }
      for (; k < bytes; k += SIZE) {
        double value = element(y + k);
        set(x + k, element(p + k) * element(q + k) * (1 - value * value));
      }
    } else {
      final DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
      for (; k < whole; k += LANES) {
        DoubleVector value = DoubleVector.fromMemorySegment(SPECIES, ALL, y + k, ORDER);
        DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER)
            .mul(DoubleVector.fromMemorySegment(SPECIES, ALL, q + k, ORDER))
            .mul(value.mul(one.sub(value)))
            .intoMemorySegment(ALL, x + k, ORDER);
      }
      for (; k < bytes; k += SIZE) {
        double value = element(y + k);
        set(x + k, element(p + k) * element(q + k) * (value * (1 - value)));
      }
    }
    Reference.reachabilityFence(values);
    return result(first, second);
  }

  @Override
  public Vec addGradient(Vec sum, Curve f, Vec values, Vec first, Vec second) {
    final long x = address;
    final long a = at(sum);
    final long y = at(values);
    final long p = at(first);
    final long q = at(second);
    int k = 0;
    if (f instanceof Curve.ClippedLine line) {
      final double m = line.slope();
      final double l = line.low();
      final double h = line.high();
      final DoubleVector zero = DoubleVector.zero(SPECIES);
      for (; k < whole; k += LANES) {
        DoubleVector value = DoubleVector.fromMemorySegment(SPECIES, ALL, y + k, ORDER);
        VectorMask<Double> inside =
            value.compare(VectorOperators.GT, l).and(value.compare(VectorOperators.LT, h));
        DoubleVector.fromMemorySegment(SPECIES, ALL, a + k, ORDER)
            .add(
                zero.blend(
                    DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER)
                        .mul(DoubleVector.fromMemorySegment(SPECIES, ALL, q + k, ORDER))
                        .mul(m),
                    inside))
            .intoMemorySegment(ALL, x + k, ORDER);
      }
      for (; k < bytes; k += SIZE) {
        double value = element(y + k);
        set(
            x + k,
            element(a + k) + (value > l && value < h ? element(p + k) * element(q + k) * m : 0));
      }
    } else if (f instanceof Curve.Tanh) {
      final DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
      for (; k < whole; k += LANES) {
        DoubleVector value = DoubleVector.fromMemorySegment(SPECIES, ALL, y + k, ORDER);
        DoubleVector.fromMemorySegment(SPECIES, ALL, a + k, ORDER)
            .add(
                DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER)
                    .mul(DoubleVector.fromMemorySegment(SPECIES, ALL, q + k, ORDER))
                    .mul(one.sub(value.mul(value))))
            .intoMemorySegment(ALL, x + k, ORDER);
      }
      for (; k < bytes; k += SIZE) {
        double value = element(y + k);
        set(x + k, element(a + k) + element(p + k) * element(q + k) * (1 - value * value));
      }
    } else {
      final DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
      for (; k < whole; k += LANES) {
        DoubleVector value = DoubleVector.fromMemorySegment(SPECIES, ALL, y + k, ORDER);
        DoubleVector.fromMemorySegment(SPECIES, ALL, a + k, ORDER)
            .add(
                DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER)
                    .mul(DoubleVector.fromMemorySegment(SPECIES, ALL, q + k, ORDER))
                    .mul(value.mul(one.sub(value))))
            .intoMemorySegment(ALL, x + k, ORDER);
      }
      for (; k < bytes; k += SIZE) {
        double value = element(y + k);
        set(x + k, element(a + k) + element(p + k) * element(q + k) * (value * (1 - value)));
      }
    }
    Reference.reachabilityFence(sum);
    Reference.reachabilityFence(values);
    return result(first, second);
  }

  @Override
  public Vec sigmoid(Vec a) {
    final long x = address;
    final long p = at(a);
    final DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    int k = 0;
    for (; k < whole; k += LANES) {
      one.div(
              DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER)
                  .neg()
                  .lanewise(VectorOperators.EXP)
                  .add(1))
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      set(x + k, 1 / (1 + Math.exp(-element(p + k))));
    }
    return result(a);
  }

  @Override
  public Vec tanh(Vec a) {
    final long x = address;
    final long p = at(a);
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER)
          .lanewise(VectorOperators.TANH)
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      set(x + k, Math.tanh(element(p + k)));
    }
    return result(a);
  }

  @Override
  public Vec exp(Vec a) {
    final long x = address;
    final long p = at(a);
    int k = 0;
    for (; k < whole; k += LANES) {
      DoubleVector.fromMemorySegment(SPECIES, ALL, p + k, ORDER)
          .lanewise(VectorOperators.EXP)
          .intoMemorySegment(ALL, x + k, ORDER);
    }
    for (; k < bytes; k += SIZE) {
      set(x + k, Math.exp(element(p + k)));
    }
    return result(a);
  }

  @Override
  public double sum() {
    double sum = 0;
    for (int k = 0; k < bytes; k += SIZE) {
      sum += element(address + k);
    }
    Reference.reachabilityFence(this);
    return sum;
  }

  @Override
  public double dot(Vec a) {
    final long p = at(a);
    double sum = 0;
    for (int k = 0; k < bytes; k += SIZE) {
      sum += element(address + k) * element(p + k);
    }
    result(a);
    return sum;
  }

  @Override
  public double max() {
    double max = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < bytes; k += SIZE) {
      max = Math.max(max, element(address + k));
    }
    Reference.reachabilityFence(this);
    return max;
  }
}
