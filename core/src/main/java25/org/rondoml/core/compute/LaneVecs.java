package org.rondoml.core.compute;

import org.jspecify.annotations.Nullable;
import org.rondoml.api.Precision;

/** Vectors in native memory, computed by the Vector API. */
final class LaneVecs implements VecFactory {
  /** Made by reflection where the JVM has the Vector API. */
  LaneVecs() {}

  @Override
  public String name() {
    return "the Vector API (" + LaneFloatVec.SPECIES.vectorBitSize() + " bits)";
  }

  @Override
  public Vec zeros(Precision precision, int length) {
    return precision == Precision.FLOAT32
        ? new LaneFloatVec(length, Lanes.allocate(length, Float.BYTES))
        : new LaneDoubleVec(length, Lanes.allocate(length, Double.BYTES));
  }

  @Override
  public @Nullable PackedOperand rowOperand(Gemm gemm, Memory b, long bOffset) {
    return LanePanels.of(gemm, b, bOffset);
  }

  @Override
  public Vec window(Precision precision, int length) {
    return precision == Precision.FLOAT32
        ? new LaneFloatVec(length, null)
        : new LaneDoubleVec(length, null);
  }
}
