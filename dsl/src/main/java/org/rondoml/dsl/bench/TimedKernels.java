package org.rondoml.dsl.bench;

import java.util.Optional;
import org.rondoml.api.Precision;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.Kernels;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.PackedOperand;
import org.rondoml.core.compute.PackedProduct;
import org.rondoml.core.compute.Product;

/** Kernels whose every product is timed. */
final class TimedKernels implements Kernels {
  private final Kernels kernels;
  private final ProductClock clock;

  TimedKernels(Kernels kernels, ProductClock clock) {
    this.kernels = kernels;
    this.clock = clock;
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
  public Optional<String> refusal(Gemm gemm) {
    return kernels.refusal(gemm);
  }

  @Override
  public boolean packs() {
    return kernels.packs();
  }

  @Override
  public Product plan(Gemm gemm) {
    Product product = kernels.plan(gemm);
    long flops = gemm.flops();
    return (a, aOffset, b, bOffset, c, cOffset) -> {
      long start = clock.start();
      product.run(a, aOffset, b, bOffset, c, cOffset);
      clock.stop(start, flops);
    };
  }

  @Override
  public PackedOperand plan(Gemm gemm, Memory b, long bOffset) {
    return new TimedOperand(kernels.plan(gemm, b, bOffset), gemm.flops());
  }

  /** An operand whose packing the engine times. */
  private final class TimedOperand implements PackedOperand {
    private final PackedOperand operand;
    private final long flops;

    private TimedOperand(PackedOperand operand, long flops) {
      this.operand = operand;
      this.flops = flops;
    }

    @Override
    public void pack() {
      operand.pack();
    }

    @Override
    public PackedProduct product() {
      return timed(operand.product());
    }

    @Override
    public PackedProduct product(Memory bias, long offset) {
      return timed(operand.product(bias, offset));
    }

    private PackedProduct timed(PackedProduct product) {
      return (a, aOffset, c, cOffset) -> {
        long start = clock.start();
        product.run(a, aOffset, c, cOffset);
        clock.stop(start, flops);
      };
    }
  }
}
