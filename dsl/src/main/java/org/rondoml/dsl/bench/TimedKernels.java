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
    return new TimedOperand(kernels.plan(gemm, b, bOffset), gemm);
  }

  /** An operand whose packing the engine times. */
  private final class TimedOperand implements PackedOperand {
    private final PackedOperand operand;
    private final Gemm gemm;

    private TimedOperand(PackedOperand operand, Gemm gemm) {
      this.operand = operand;
      this.gemm = gemm;
    }

    /**
     * What is packed for one step's gradients belongs to their products; weights are counted apart.
     */
    @Override
    public void pack() {
      if (gemm.transposeA()) {
        long start = clock.start();
        operand.pack();
        clock.stop(start, 0);
      } else {
        operand.pack();
      }
    }

    @Override
    public PackedProduct product() {
      return timed(operand.product());
    }

    @Override
    public PackedProduct product(Memory bias, long offset) {
      return timed(operand.product(bias, offset));
    }

    @Override
    public PackedProduct product(Gemm other) {
      return timed(operand.product(other), other.flops());
    }

    private PackedProduct timed(PackedProduct product) {
      return timed(product, gemm.flops());
    }

    private PackedProduct timed(PackedProduct product, long operations) {
      return (a, aOffset, c, cOffset) -> {
        long start = clock.start();
        product.run(a, aOffset, c, cOffset);
        clock.stop(start, operations);
      };
    }
  }
}
