package org.rondoml.core.compute;

import org.rondoml.api.Precision;

/** Vectors in arrays, computed by loops that the JIT compiler turns into SIMD code. */
record ArrayVecs(String cure) implements VecFactory {
  @Override
  public String name() {
    return "plain loops (" + cure + ")";
  }

  @Override
  public Vec zeros(Precision precision, int length) {
    return make(precision, length, false);
  }

  @Override
  public Vec window(Precision precision, int length) {
    return make(precision, length, true);
  }

  private static Vec make(Precision precision, int length, boolean window) {
    return precision == Precision.FLOAT32
        ? new FloatVec(length, window)
        : new DoubleVec(length, window);
  }
}
