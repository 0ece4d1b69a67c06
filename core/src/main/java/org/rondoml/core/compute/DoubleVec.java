package org.rondoml.core.compute;

import static org.rondoml.core.compute.Memory.index;

import org.jspecify.annotations.Nullable;
import org.rondoml.api.Precision;

/** 64-bit vectors. */
final class DoubleVec extends Vec {
  private final double[] x;
  private @Nullable Memory target;
  private long targetOffset;

  DoubleVec(int length, boolean window) {
    super(length, window);
    x = new double[length];
  }

  private static double[] of(Vec vec) {
    return ((DoubleVec) vec).x;
  }

  @Override
  public Precision precision() {
    return Precision.FLOAT64;
  }

  @Override
  public double get(int k) {
    return x[k];
  }

  @Override
  public void set(int k, double value) {
    x[k] = value;
  }

  @Override
  public Vec load(Memory memory, long offset) {
    requireWindow(false);
    memory.doubles().get(index(offset), x);
    return this;
  }

  @Override
  public void store(Memory memory, long offset) {
    requireWindow(false);
    memory.doubles().put(index(offset), x);
  }

  @Override
  public Vec reads(Memory memory, long offset) {
    requireWindow(true);
    memory.doubles().get(index(offset), x);
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
      target.doubles().put(index(targetOffset), x);
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
    java.util.Arrays.fill(x, value);
    return this;
  }

  @Override
  public Vec add(Vec a, Vec b) {
    final double[] p = of(a);
    final double[] q = of(b);
    for (int k = 0; k < x.length; k++) {
      x[k] = p[k] + q[k];
    }
    return this;
  }

  @Override
  public Vec subtract(Vec a, Vec b) {
    final double[] p = of(a);
    final double[] q = of(b);
    for (int k = 0; k < x.length; k++) {
      x[k] = p[k] - q[k];
    }
    return this;
  }

  @Override
  public Vec multiply(Vec a, Vec b) {
    final double[] p = of(a);
    final double[] q = of(b);
    for (int k = 0; k < x.length; k++) {
      x[k] = p[k] * q[k];
    }
    return this;
  }

  @Override
  public Vec divide(Vec a, Vec b) {
    final double[] p = of(a);
    final double[] q = of(b);
    for (int k = 0; k < x.length; k++) {
      x[k] = p[k] / q[k];
    }
    return this;
  }

  @Override
  public Vec max(Vec a, Vec b) {
    final double[] p = of(a);
    final double[] q = of(b);
    for (int k = 0; k < x.length; k++) {
      x[k] = Math.max(p[k], q[k]);
    }
    return this;
  }

  @Override
  public Vec addProduct(Vec a, Vec b) {
    final double[] p = of(a);
    final double[] q = of(b);
    for (int k = 0; k < x.length; k++) {
      x[k] = x[k] + p[k] * q[k];
    }
    return this;
  }

  @Override
  public Vec sumOfProducts(Vec a, Vec b, Vec c, Vec d) {
    final double[] p = of(a);
    final double[] q = of(b);
    final double[] r = of(c);
    final double[] s = of(d);
    for (int k = 0; k < x.length; k++) {
      x[k] = p[k] * q[k] + r[k] * s[k];
    }
    return this;
  }

  @Override
  public Vec affine(Vec a, double scale, double offset) {
    final double[] p = of(a);
    final double m = scale;
    final double n = offset;
    for (int k = 0; k < x.length; k++) {
      x[k] = p[k] * m + n;
    }
    return this;
  }

  @Override
  public Vec scale(Vec a, double scale) {
    final double[] p = of(a);
    final double m = scale;
    for (int k = 0; k < x.length; k++) {
      x[k] = p[k] * m;
    }
    return this;
  }

  @Override
  public Vec addScaled(Vec a, double scale) {
    final double[] p = of(a);
    final double m = scale;
    for (int k = 0; k < x.length; k++) {
      x[k] = x[k] + p[k] * m;
    }
    return this;
  }

  @Override
  public Vec blend(double keep, Vec a, double scale) {
    final double[] p = of(a);
    final double m = keep;
    final double n = scale;
    for (int k = 0; k < x.length; k++) {
      x[k] = x[k] * m + p[k] * n;
    }
    return this;
  }

  @Override
  public Vec blendSquare(double keep, Vec a, double scale) {
    final double[] p = of(a);
    final double m = keep;
    final double n = scale;
    for (int k = 0; k < x.length; k++) {
      x[k] = x[k] * m + p[k] * p[k] * n;
    }
    return this;
  }

  @Override
  public Vec subtractRatio(double rate, Vec m, Vec v, double epsilon) {
    final double[] p = of(m);
    final double[] q = of(v);
    final double a = rate;
    final double e = epsilon;
    for (int k = 0; k < x.length; k++) {
      x[k] = x[k] - a * p[k] / (Math.sqrt(q[k]) + e);
    }
    return this;
  }

  @Override
  public Vec clip(Vec a, double low, double high) {
    final double[] p = of(a);
    final double l = low;
    final double h = high;
    for (int k = 0; k < x.length; k++) {
      x[k] = Math.min(Math.max(p[k], l), h);
    }
    return this;
  }

  @Override
  public Vec clippedLine(Vec a, double slope, double offset, double low, double high) {
    final double[] p = of(a);
    final double m = slope;
    final double n = offset;
    final double l = low;
    final double h = high;
    for (int k = 0; k < x.length; k++) {
      x[k] = Math.min(Math.max(p[k] * m + n, l), h);
    }
    return this;
  }

  @Override
  public Vec passInside(Vec y, Vec dy, double low, double high, double scale) {
    final double[] p = of(y);
    final double[] q = of(dy);
    final double l = low;
    final double h = high;
    final double m = scale;
    for (int k = 0; k < x.length; k++) {
      x[k] = q[k] * m * isPositive(p[k] - l) * isPositive(h - p[k]);
    }
    return this;
  }

  /**
   * 1 for a > 0, else 0, without a branch, of which the JIT compiler would make no SIMD code: the
   * smallest number times the factors is still above 1.
   */
  private static double isPositive(double a) {
    return Math.min(Math.max(a, 0) * 1e308 * 1e308, 1);
  }

  @Override
  public Vec abs(Vec a) {
    final double[] p = of(a);
    for (int k = 0; k < x.length; k++) {
      x[k] = Math.abs(p[k]);
    }
    return this;
  }

  @Override
  public Vec sign(Vec a) {
    final double[] p = of(a);
    for (int k = 0; k < x.length; k++) {
      x[k] = Math.signum(p[k]);
    }
    return this;
  }

  @Override
  public Vec sqrt(Vec a) {
    final double[] p = of(a);
    for (int k = 0; k < x.length; k++) {
      x[k] = Math.sqrt(p[k]);
    }
    return this;
  }

  @Override
  public Vec relu(Vec a) {
    final double[] p = of(a);
    for (int k = 0; k < x.length; k++) {
      x[k] = Math.max(p[k], 0);
    }
    return this;
  }

  @Override
  public Vec larger(Vec a, Vec b) {
    final double[] p = of(a);
    final double[] q = of(b);
    for (int k = 0; k < x.length; k++) {
      x[k] = Math.max(p[k], q[k]);
    }
    return this;
  }

  @Override
  public Vec equal(Vec a, Vec b) {
    final double[] p = of(a);
    final double[] q = of(b);
    for (int k = 0; k < x.length; k++) {
      x[k] = p[k] == q[k] ? 1 : 0;
    }
    return this;
  }

  @Override
  public Vec addToFirst(Vec a, Vec b, Vec dy, Vec free) {
    final double[] p = of(a);
    final double[] q = of(b);
    final double[] r = of(dy);
    final double[] s = of(free);
    for (int k = 0; k < x.length; k++) {
      final double taken = p[k] == q[k] ? s[k] : 0;
      s[k] = s[k] - taken;
      x[k] = x[k] + taken * r[k];
    }
    return this;
  }

  @Override
  public Vec sigmoidGradient(Vec y, Vec dy) {
    final double[] p = of(y);
    final double[] q = of(dy);
    for (int k = 0; k < x.length; k++) {
      x[k] = q[k] * p[k] * (1 - p[k]);
    }
    return this;
  }

  @Override
  public Vec tanhGradient(Vec y, Vec dy) {
    final double[] p = of(y);
    final double[] q = of(dy);
    for (int k = 0; k < x.length; k++) {
      x[k] = q[k] * (1 - p[k] * p[k]);
    }
    return this;
  }

  @Override
  public Vec sigmoid(Vec a) {
    final double[] p = of(a);
    for (int k = 0; k < x.length; k++) {
      x[k] = 1 / (1 + Math.exp(-p[k]));
    }
    return this;
  }

  @Override
  public Vec tanh(Vec a) {
    final double[] p = of(a);
    for (int k = 0; k < x.length; k++) {
      x[k] = Math.tanh(p[k]);
    }
    return this;
  }

  @Override
  public Vec exp(Vec a) {
    final double[] p = of(a);
    for (int k = 0; k < x.length; k++) {
      x[k] = Math.exp(p[k]);
    }
    return this;
  }

  @Override
  public Vec gradient(Curve f, Vec values, Vec first, Vec second) {
    final double[] y = of(values);
    final double[] p = of(first);
    final double[] q = of(second);
    if (f instanceof Curve.ClippedLine line) {
      final double m = line.slope();
      final double l = line.low();
      final double h = line.high();
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
    final double[] a = of(sum);
    final double[] y = of(values);
    final double[] p = of(first);
    final double[] q = of(second);
    if (f instanceof Curve.ClippedLine line) {
      final double m = line.slope();
      final double l = line.low();
      final double h = line.high();
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
    for (final double value : x) {
      sum += value;
    }
    return sum;
  }

  @Override
  public double dot(Vec a) {
    final double[] p = of(a);
    double sum = 0;
    for (int k = 0; k < x.length; k++) {
      sum += x[k] * p[k];
    }
    return sum;
  }

  @Override
  public double max() {
    double max = Double.NEGATIVE_INFINITY;
    for (final double value : x) {
      max = Math.max(max, value);
    }
    return max;
  }
}
