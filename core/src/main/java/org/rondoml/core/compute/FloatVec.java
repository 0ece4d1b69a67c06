package org.rondoml.core.compute;

import static org.rondoml.core.compute.Memory.index;

import org.jspecify.annotations.Nullable;
import org.rondoml.api.Precision;

/** 32-bit vectors. */
final class FloatVec extends Vec {
  /** From here on tanh is 1 in float. */
  static final float TANH_IS_ONE = 7.90531110763549805f;

  private final float[] x;
  private @Nullable Memory target;
  private long targetOffset;

  FloatVec(int length, boolean window) {
    super(length, window);
    x = new float[length];
  }

  private static float[] of(Vec vec) {
    return ((FloatVec) vec).x;
  }

  @Override
  public Precision precision() {
    return Precision.FLOAT32;
  }

  @Override
  public double get(int k) {
    return x[k];
  }

  @Override
  public void set(int k, double value) {
    x[k] = (float) value;
  }

  @Override
  public Vec load(Memory memory, long offset) {
    requireWindow(false);
    memory.floats().get(index(offset), x);
    return this;
  }

  @Override
  public void store(Memory memory, long offset) {
    requireWindow(false);
    memory.floats().put(index(offset), x);
  }

  @Override
  public Vec reads(Memory memory, long offset) {
    requireWindow(true);
    memory.floats().get(index(offset), x);
    target = null;
    return this;
  }

  @Override
  public Vec updates(Memory memory, long offset) {
    reads(memory, offset);
    target = memory;
    targetOffset = offset;
    return this;
  }

  @Override
  public Vec writes(Memory memory, long offset) {
    requireWindow(true);
    target = memory;
    targetOffset = offset;
    return this;
  }

  @Override
  public void done() {
    requireWindow(true);
    if (target != null) {
      target.floats().put(index(targetOffset), x);
      target = null;
    }
  }

  @Override
  public Vec copy(Vec a) {
    System.arraycopy(of(a), 0, x, 0, x.length);
    return this;
  }

  @Override
  public Vec fill(double value) {
    java.util.Arrays.fill(x, (float) value);
    return this;
  }

  @Override
  public Vec add(Vec a, Vec b) {
    final float[] p = of(a);
    final float[] q = of(b);
    for (int k = 0; k < x.length; k++) {
      x[k] = p[k] + q[k];
    }
    return this;
  }

  @Override
  public Vec subtract(Vec a, Vec b) {
    final float[] p = of(a);
    final float[] q = of(b);
    for (int k = 0; k < x.length; k++) {
      x[k] = p[k] - q[k];
    }
    return this;
  }

  @Override
  public Vec multiply(Vec a, Vec b) {
    final float[] p = of(a);
    final float[] q = of(b);
    for (int k = 0; k < x.length; k++) {
      x[k] = p[k] * q[k];
    }
    return this;
  }

  @Override
  public Vec divide(Vec a, Vec b) {
    final float[] p = of(a);
    final float[] q = of(b);
    for (int k = 0; k < x.length; k++) {
      x[k] = p[k] / q[k];
    }
    return this;
  }

  @Override
  public Vec max(Vec a, Vec b) {
    final float[] p = of(a);
    final float[] q = of(b);
    for (int k = 0; k < x.length; k++) {
      x[k] = Math.max(p[k], q[k]);
    }
    return this;
  }

  @Override
  public Vec addProduct(Vec a, Vec b) {
    final float[] p = of(a);
    final float[] q = of(b);
    for (int k = 0; k < x.length; k++) {
      x[k] = x[k] + p[k] * q[k];
    }
    return this;
  }

  @Override
  public Vec sumOfProducts(Vec a, Vec b, Vec c, Vec d) {
    final float[] p = of(a);
    final float[] q = of(b);
    final float[] r = of(c);
    final float[] s = of(d);
    for (int k = 0; k < x.length; k++) {
      x[k] = p[k] * q[k] + r[k] * s[k];
    }
    return this;
  }

  @Override
  public Vec affine(Vec a, double scale, double offset) {
    final float[] p = of(a);
    final float m = (float) scale;
    final float n = (float) offset;
    for (int k = 0; k < x.length; k++) {
      x[k] = p[k] * m + n;
    }
    return this;
  }

  @Override
  public Vec scale(Vec a, double scale) {
    final float[] p = of(a);
    final float m = (float) scale;
    for (int k = 0; k < x.length; k++) {
      x[k] = p[k] * m;
    }
    return this;
  }

  @Override
  public Vec addScaled(Vec a, double scale) {
    final float[] p = of(a);
    final float m = (float) scale;
    for (int k = 0; k < x.length; k++) {
      x[k] = x[k] + p[k] * m;
    }
    return this;
  }

  @Override
  public Vec blend(double keep, Vec a, double scale) {
    final float[] p = of(a);
    final float m = (float) keep;
    final float n = (float) scale;
    for (int k = 0; k < x.length; k++) {
      x[k] = x[k] * m + p[k] * n;
    }
    return this;
  }

  @Override
  public Vec blendSquare(double keep, Vec a, double scale) {
    final float[] p = of(a);
    final float m = (float) keep;
    final float n = (float) scale;
    for (int k = 0; k < x.length; k++) {
      x[k] = x[k] * m + p[k] * p[k] * n;
    }
    return this;
  }

  @Override
  public Vec subtractRatio(double rate, Vec m, Vec v, double epsilon) {
    final float[] p = of(m);
    final float[] q = of(v);
    final float a = (float) rate;
    final float e = (float) epsilon;
    for (int k = 0; k < x.length; k++) {
      x[k] = x[k] - a * p[k] / ((float) Math.sqrt(q[k]) + e);
    }
    return this;
  }

  @Override
  public Vec clip(Vec a, double low, double high) {
    final float[] p = of(a);
    final float l = (float) low;
    final float h = (float) high;
    for (int k = 0; k < x.length; k++) {
      x[k] = Math.min(Math.max(p[k], l), h);
    }
    return this;
  }

  @Override
  public Vec clippedLine(Vec a, double slope, double offset, double low, double high) {
    final float[] p = of(a);
    final float m = (float) slope;
    final float n = (float) offset;
    final float l = (float) low;
    final float h = (float) high;
    for (int k = 0; k < x.length; k++) {
      x[k] = Math.min(Math.max(p[k] * m + n, l), h);
    }
    return this;
  }

  @Override
  public Vec passInside(Vec y, Vec dy, double low, double high, double scale) {
    final float[] p = of(y);
    final float[] q = of(dy);
    final float l = (float) low;
    final float h = (float) high;
    final float m = (float) scale;
    for (int k = 0; k < x.length; k++) {
      x[k] = q[k] * m * isPositive(p[k] - l) * isPositive(h - p[k]);
    }
    return this;
  }

  /**
   * 1 for a > 0, else 0, without a branch, of which the JIT compiler would make no SIMD code: the
   * smallest number times the factors is still above 1.
   */
  private static float isPositive(float a) {
    return Math.min(Math.max(a, 0) * 1e38f * 1e38f, 1);
  }

  @Override
  public Vec abs(Vec a) {
    final float[] p = of(a);
    for (int k = 0; k < x.length; k++) {
      x[k] = Math.abs(p[k]);
    }
    return this;
  }

  @Override
  public Vec sign(Vec a) {
    final float[] p = of(a);
    for (int k = 0; k < x.length; k++) {
      x[k] = Math.signum(p[k]);
    }
    return this;
  }

  @Override
  public Vec sqrt(Vec a) {
    final float[] p = of(a);
    for (int k = 0; k < x.length; k++) {
      x[k] = (float) Math.sqrt(p[k]);
    }
    return this;
  }

  @Override
  public Vec relu(Vec a) {
    final float[] p = of(a);
    for (int k = 0; k < x.length; k++) {
      x[k] = Math.max(p[k], 0);
    }
    return this;
  }

  @Override
  public Vec larger(Vec a, Vec b) {
    final float[] p = of(a);
    final float[] q = of(b);
    for (int k = 0; k < x.length; k++) {
      x[k] = Math.max(p[k], q[k]);
    }
    return this;
  }

  @Override
  public Vec equal(Vec a, Vec b) {
    final float[] p = of(a);
    final float[] q = of(b);
    for (int k = 0; k < x.length; k++) {
      x[k] = p[k] == q[k] ? 1 : 0;
    }
    return this;
  }

  @Override
  public Vec addToFirst(Vec a, Vec b, Vec dy, Vec free) {
    final float[] p = of(a);
    final float[] q = of(b);
    final float[] r = of(dy);
    final float[] s = of(free);
    for (int k = 0; k < x.length; k++) {
      final float taken = p[k] == q[k] ? s[k] : 0;
      s[k] = s[k] - taken;
      x[k] = x[k] + taken * r[k];
    }
    return this;
  }

  @Override
  public Vec sigmoidGradient(Vec y, Vec dy) {
    final float[] p = of(y);
    final float[] q = of(dy);
    for (int k = 0; k < x.length; k++) {
      x[k] = q[k] * p[k] * (1 - p[k]);
    }
    return this;
  }

  @Override
  public Vec tanhGradient(Vec y, Vec dy) {
    final float[] p = of(y);
    final float[] q = of(dy);
    for (int k = 0; k < x.length; k++) {
      x[k] = q[k] * (1 - p[k] * p[k]);
    }
    return this;
  }

  @Override
  public Vec sigmoid(Vec a) {
    final float[] p = of(a);
    for (int k = 0; k < x.length; k++) {
      // 1 / (1 + exp(-a)) = 1/2 + tanh(a/2) / 2
      x[k] = 0.5f + 0.5f * tanh(0.5f * p[k]);
    }
    return this;
  }

  @Override
  public Vec tanh(Vec a) {
    final float[] p = of(a);
    for (int k = 0; k < x.length; k++) {
      x[k] = tanh(p[k]);
    }
    return this;
  }

  /**
   * A quotient of polynomials, exact to a few units in the last place; all additions,
   * multiplications and one division, so a loop of it becomes SIMD code. Outside +-7.9 the result
   * is 1. The coefficients are those of Eigen's {@code ptanh_float}, which TensorFlow uses as well.
   */
  static float tanh(float a) {
    final float c = Math.min(Math.max(a, -TANH_IS_ONE), TANH_IS_ONE);
    final float s = c * c;
    float p = -2.76076847742355e-16f;
    p = p * s + 2.00018790482477e-13f;
    p = p * s + -8.60467152213735e-11f;
    p = p * s + 5.12229709037114e-08f;
    p = p * s + 1.48572235717979e-05f;
    p = p * s + 6.37261928875436e-04f;
    p = p * s + 4.89352455891786e-03f;
    float q = 1.19825839466702e-06f;
    q = q * s + 1.18534705686654e-04f;
    q = q * s + 2.26843463243900e-03f;
    q = q * s + 4.89352518554385e-03f;
    return c * p / q;
  }

  @Override
  public Vec exp(Vec a) {
    final float[] p = of(a);
    for (int k = 0; k < x.length; k++) {
      x[k] = (float) Math.exp(p[k]);
    }
    return this;
  }

  @Override
  public Vec gradient(Curve f, Vec values, Vec first, Vec second) {
    final float[] y = of(values);
    final float[] p = of(first);
    final float[] q = of(second);
    if (f instanceof Curve.ClippedLine line) {
      final float m = (float) line.slope();
      final float l = (float) line.low();
      final float h = (float) line.high();
      for (int k = 0; k < x.length; k++) {
        x[k] = p[k] * q[k] * m * isPositive(y[k] - l) * isPositive(h - y[k]);
      }
    } else if (f instanceof Curve.Tanh) {
      for (int k = 0; k < x.length; k++) {
        x[k] = p[k] * q[k] * (1 - y[k] * y[k]);
      }
    } else {
      for (int k = 0; k < x.length; k++) {
        x[k] = p[k] * q[k] * (y[k] * (1 - y[k]));
      }
    }
    return this;
  }

  @Override
  public Vec addGradient(Vec sum, Curve f, Vec values, Vec first, Vec second) {
    final float[] a = of(sum);
    final float[] y = of(values);
    final float[] p = of(first);
    final float[] q = of(second);
    if (f instanceof Curve.ClippedLine line) {
      final float m = (float) line.slope();
      final float l = (float) line.low();
      final float h = (float) line.high();
      for (int k = 0; k < x.length; k++) {
        x[k] = a[k] + p[k] * q[k] * m * isPositive(y[k] - l) * isPositive(h - y[k]);
      }
    } else if (f instanceof Curve.Tanh) {
      for (int k = 0; k < x.length; k++) {
        x[k] = a[k] + p[k] * q[k] * (1 - y[k] * y[k]);
      }
    } else {
      for (int k = 0; k < x.length; k++) {
        x[k] = a[k] + p[k] * q[k] * (y[k] * (1 - y[k]));
      }
    }
    return this;
  }

  @Override
  public double sum() {
    double sum = 0;
    for (final float value : x) {
      sum += value;
    }
    return sum;
  }

  @Override
  public double dot(Vec a) {
    final float[] p = of(a);
    double sum = 0;
    for (int k = 0; k < x.length; k++) {
      sum += (double) x[k] * p[k];
    }
    return sum;
  }

  @Override
  public double max() {
    double max = Double.NEGATIVE_INFINITY;
    for (final float value : x) {
      max = Math.max(max, value);
    }
    return max;
  }
}
