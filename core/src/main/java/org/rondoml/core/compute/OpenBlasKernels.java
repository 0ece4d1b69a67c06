package org.rondoml.core.compute;

import java.util.Locale;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.rondoml.api.Precision;

/**
 * Matrix products by OpenBLAS, in both precisions. It packs inside each call and can't be handed
 * what is packed already, so a {@link PackedOperand} of it refers to B where it lies.
 */
final class OpenBlasKernels implements Kernels {
  @Override
  public String name() {
    return openblas_nolapack.OPENBLAS_VERSION.strip().toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean supports(Precision precision) {
    return true;
  }

  @Override
  public Product plan(Gemm gemm) {
    return switch (gemm.precision()) {
      case FLOAT32 -> new SgemmProduct(gemm);
      case FLOAT64 -> new DgemmProduct(gemm);
    };
  }

  @Override
  public PackedOperand plan(Gemm gemm, Memory b, long bOffset) {
    b.address(
        gemm.precision(), bOffset, gemm.lengthB()); // a wrong operand is reported here already
    return new ReferencedOperand(this, gemm, b, bOffset);
  }
}
