package org.rondoml.core.compute;

import java.util.Optional;
import org.rondoml.api.Precision;

/** Matrix products of one library. Thread-safe; what it plans belongs to one thread at a time. */
public interface Kernels {
  /** The name for reports: {@code onednn 3.11 (avx512_core)}. */
  String name();

  /** Whether products of this precision are offered. */
  boolean supports(Precision precision);

  /**
   * Why a product is not offered, as in {@code has no float64}; empty where it is. Who asks goes on
   * to the next library.
   */
  default Optional<String> refusal(Gemm gemm) {
    return supports(gemm.precision())
        ? Optional.empty()
        : Optional.of("has no " + gemm.precision());
  }

  /** Whether a right operand is put in an order of the library's own, once for many products. */
  default boolean packs() {
    return false;
  }

  /** Plans a product. */
  Product plan(Gemm gemm);

  /** Plans a product with a right operand, which is packed before this returns. */
  PackedOperand plan(Gemm gemm, Memory b, long bOffset);
}
