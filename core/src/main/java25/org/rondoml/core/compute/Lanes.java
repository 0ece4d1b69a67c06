package org.rondoml.core.compute;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/** The native memory that {@link LaneFloatVec} and {@link LaneDoubleVec} compute on. */
final class Lanes {
  /**
   * All memory. Vectors check their bounds when they are told where to stand, not at every access,
   * and one constant segment leaves the JIT compiler nothing to look up.
   */
  @SuppressWarnings("restricted") // whoever loads native kernels has consented to native access
  static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private static final long CACHE_LINE = 64;

  private Lanes() {}

  /** Zeros at the start of a cache line, freed when the segment is garbage. */
  static MemorySegment allocate(int length, int bytes) {
    return Arena.ofAuto().allocate((long) Math.max(1, length) * bytes, CACHE_LINE);
  }
}
