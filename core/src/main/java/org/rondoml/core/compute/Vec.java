package org.rondoml.core.compute;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Precision;
import org.rondoml.core.random.RandomStream;

/**
 * A short vector in fast memory with element-wise arithmetic: the language in which layers,
 * activations, losses and optimizers write their equations once for both precisions.
 *
 * <p>A vector of {@link #zeros} has elements of its own: a kernel {@linkplain #load loads} a row
 * from {@link Memory}, computes, and {@linkplain #store stores} it. A {@link #window} has none and
 * stands for elements of memory, told anew for every row, so that nothing is copied where the JVM
 * can compute in place:
 *
 * <pre>
 * z.updates(gates, at);          // z stands for a row of gates
 * z.add(z, b).done();            // the row has changed
 * h.writes(state, after);
 * activation.forward(z, h);
 * h.done();
 * </pre>
 *
 * <p>What is written through a window is in memory after {@link #done} at the latest, and may be
 * there before; so no two windows stand for overlapping elements at once if one of them is written
 * to.
 *
 * <p>Every operation writes its result to {@code this} and returns it; {@code this} may be one of
 * the operands. All vectors of an operation have the same length and precision. On a JVM with the
 * Vector API (JDK 25 with {@code --add-modules jdk.incubator.vector}) the operations are SIMD code
 * on native memory; elsewhere plain loops over arrays, which the JIT compiler makes SIMD code of.
 * Each precision has a class of the same text: Java's generics don't reach numbers. {@link #map}
 * and {@link #combine} serve where speed does not matter.
 */
public abstract class Vec {
  private static final VecFactory FACTORY = VecFactory.fastest();

  private final int length;
  private final boolean window;

  Vec(int length, boolean window) {
    this.length = length;
    this.window = window;
  }

  /** A vector of zeros. */
  public static Vec zeros(Precision precision, int length) {
    return FACTORY.zeros(precision, length);
  }

  /** A window, which stands for nothing yet. */
  public static Vec window(Precision precision, int length) {
    return FACTORY.window(precision, length);
  }

  /**
   * The right operand of products of a single row, which are a matter of reading memory and not of
   * arithmetic; null where a library's products are as good.
   */
  public static @Nullable PackedOperand rowOperand(Gemm gemm, Memory b, long bOffset) {
    return FACTORY.rowOperand(gemm, b, bOffset);
  }

  /** How vectors compute in this JVM, for reports, and where they could be faster, the cure. */
  public static String implementation() {
    return FACTORY.name();
  }

  /** The number of elements. */
  public final int length() {
    return length;
  }

  /** Whether this stands for elements of memory. */
  public final boolean isWindow() {
    return window;
  }

  final void requireWindow(boolean expected) {
    if (window != expected) {
      throw new IllegalStateException(
          window
              ? "a window: it stands for memory by reads, updates or writes, not by load and store"
              : "a vector with elements of its own: load and store them, or make a window");
    }
  }

  /** The format of the elements. */
  public abstract Precision precision();

  /** Element k. */
  public abstract double get(int k);

  /** Sets element k. */
  public abstract void set(int k, double value);

  /** Reads the elements from memory, starting at an offset. */
  public abstract Vec load(Memory memory, long offset);

  /** Writes the elements to memory, starting at an offset. */
  public abstract void store(Memory memory, long offset);

  /** Has this window stand for elements of memory that are only read. */
  public abstract Vec reads(Memory memory, long offset);

  /** Has this window stand for elements of memory that are read and written. */
  public abstract Vec updates(Memory memory, long offset);

  /** Has this window stand for elements of memory that are written before they are read. */
  public abstract Vec writes(Memory memory, long offset);

  /** What was written through this window is in memory from here on; it may still be read. */
  public abstract void done();

  /** this = a. */
  public abstract Vec copy(Vec a);

  /** this = value in every element. */
  public abstract Vec fill(double value);

  /** this = a + b. */
  public abstract Vec add(Vec a, Vec b);

  /** this = a - b. */
  public abstract Vec subtract(Vec a, Vec b);

  /** this = a * b, element by element. */
  public abstract Vec multiply(Vec a, Vec b);

  /** this = a / b, element by element. */
  public abstract Vec divide(Vec a, Vec b);

  /** this = the larger of a and b, element by element. */
  public abstract Vec max(Vec a, Vec b);

  /** this = this + a * b, element by element. */
  public abstract Vec addProduct(Vec a, Vec b);

  /** this = a * b + c * d, element by element. */
  public abstract Vec sumOfProducts(Vec a, Vec b, Vec c, Vec d);

  /** this = a * scale + offset. */
  public abstract Vec affine(Vec a, double scale, double offset);

  /** this = a * scale. */
  public abstract Vec scale(Vec a, double scale);

  /** this = this + a * scale. */
  public abstract Vec addScaled(Vec a, double scale);

  /** this = this * keep + a * scale: a moving average. */
  public abstract Vec blend(double keep, Vec a, double scale);

  /** this = this * keep + a * a * scale: a moving average of squares. */
  public abstract Vec blendSquare(double keep, Vec a, double scale);

  /** this = this - rate * m / (sqrt(v) + epsilon). */
  public abstract Vec subtractRatio(double rate, Vec m, Vec v, double epsilon);

  /** this = a where a is inside [low, high], else the nearer bound. */
  public abstract Vec clip(Vec a, double low, double high);

  /** this = a * slope + offset where that is inside [low, high], else the nearer bound. */
  public abstract Vec clippedLine(Vec a, double slope, double offset, double low, double high);

  /** this = dy where low &lt; y &lt; high, else 0, times scale: the gradient of a clipped line. */
  public abstract Vec passInside(Vec y, Vec dy, double low, double high, double scale);

  /** this = |a|. */
  public abstract Vec abs(Vec a);

  /** this = 1 where a &gt; 0, -1 where a &lt; 0, else a. */
  public abstract Vec sign(Vec a);

  /** this = the square root of a. */
  public abstract Vec sqrt(Vec a);

  /** this = max(a, 0). */
  public abstract Vec relu(Vec a);

  /** this = the larger of a and b, element by element. */
  public abstract Vec larger(Vec a, Vec b);

  /** this = 1 where a = b, else 0, element by element. */
  public abstract Vec equal(Vec a, Vec b);

  /**
   * this = this + free * dy where a = b, and there free = 0: of several a in turn, the first that
   * is b gets dy.
   *
   * @param free 1 where none was it so far, else 0; another vector than the others
   */
  public abstract Vec addToFirst(Vec a, Vec b, Vec dy, Vec free);

  /** this = 1 / (1 + exp(-a)). */
  public abstract Vec sigmoid(Vec a);

  /** this = tanh(a). */
  public abstract Vec tanh(Vec a);

  /** this = exp(a). */
  public abstract Vec exp(Vec a);

  /** this = dy * y * (1 - y): the gradient of the sigmoid from its output. */
  public abstract Vec sigmoidGradient(Vec y, Vec dy);

  /** this = dy * (1 - y * y): the gradient of tanh from its output. */
  public abstract Vec tanhGradient(Vec y, Vec dy);

  /** this = f'(y) * p * q, with the slope f' of a curve at its value y, which may be this. */
  public abstract Vec gradient(Curve f, Vec y, Vec p, Vec q);

  /** this = a + f'(y) * p * q, with the slope f' of a curve at its value y. */
  public abstract Vec addGradient(Vec a, Curve f, Vec y, Vec p, Vec q);

  /**
   * this = 0 with a probability, else scale: what dropout multiplies by. Two elements a random
   * number, the higher half first: 32 bits decide to within 2⁻³² of the rate.
   */
  public Vec drop(RandomStream random, double rate, double scale) {
    drop(random, rate, scale, 0);
    return this;
  }

  /** The same from an element on. */
  final void drop(RandomStream random, double rate, double scale, int from) {
    long dropped = Math.round(rate * 0x1p32);
    for (int k = from; k < length; k += 2) {
      long bits = random.nextLong();
      set(k, scale * isAtLeast(bits >>> 32, dropped));
      if (k + 1 < length) {
        set(k + 1, scale * isAtLeast(bits & 0xFFFF_FFFFL, dropped));
      }
    }
  }

  /**
   * 1 for a >= b, else 0, without a branch, which random numbers would make the processor guess
   * wrong.
   */
  private static long isAtLeast(long a, long b) {
    return 1 + ((a - b) >> 63);
  }

  /** The sum of the elements, in their order, in double precision. */
  public abstract double sum();

  /**
   * The sum of the products with another vector's elements, in their order, in double precision.
   */
  public abstract double dot(Vec a);

  /** The largest element. */
  public abstract double max();

  /** The index of the largest element, the first of equals. */
  public final int argMax() {
    int best = 0;
    for (int k = 1; k < length; k++) {
      if (get(k) > get(best)) {
        best = k;
      }
    }
    return best;
  }

  /** this = f(a), element by element. */
  public final Vec map(Vec a, DoubleUnaryOperator f) {
    for (int k = 0; k < length; k++) {
      set(k, f.applyAsDouble(a.get(k)));
    }
    return this;
  }

  /** this = f(a, b), element by element. */
  public final Vec combine(Vec a, Vec b, DoubleBinaryOperator f) {
    for (int k = 0; k < length; k++) {
      set(k, f.applyAsDouble(a.get(k), b.get(k)));
    }
    return this;
  }
}
