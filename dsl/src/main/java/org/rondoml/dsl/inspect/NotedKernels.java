package org.rondoml.dsl.inspect;

import java.util.ArrayList;
import java.util.List;
import org.rondoml.api.Precision;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.Kernels;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.PackedOperand;
import org.rondoml.core.compute.Product;

/** Kernels that take note of the products planned with them. */
final class NotedKernels implements Kernels {
  private final Kernels kernels;
  private final List<Gemm> planned = new ArrayList<>();

  NotedKernels(Kernels kernels) {
    this.kernels = kernels;
  }

  /** The products in the order in which they were planned. */
  List<Gemm> planned() {
    return planned;
  }

  @Override
  public String name() {
    return kernels.name();
  }

  @Override
  public boolean supports(Precision precision) {
    return kernels.supports(precision);
  }

  @Override
  public Product plan(Gemm gemm) {
    planned.add(gemm);
    return kernels.plan(gemm);
  }

  @Override
  public PackedOperand plan(Gemm gemm, Memory b, long bOffset) {
    planned.add(gemm);
    return kernels.plan(gemm, b, bOffset);
  }
}
