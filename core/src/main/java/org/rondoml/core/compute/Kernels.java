package org.rondoml.core.compute;

import org.rondoml.api.Precision;

/** Matrix products of one library. Thread-safe; what it plans belongs to one thread at a time. */
public interface Kernels {
  /** The name for reports: {@code onednn 3.11 (avx512_core)}. */
  String name();

  /** Whether products of this precision are offered. */
  boolean supports(Precision precision);

  /** Plans a product. */
  Product plan(Gemm gemm);

  /** Plans a product with a right operand, which is packed before this returns. */
  PackedOperand plan(Gemm gemm, Memory b, long bOffset);
}
