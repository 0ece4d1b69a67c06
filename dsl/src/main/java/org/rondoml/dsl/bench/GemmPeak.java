package org.rondoml.dsl.bench;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.Kernels;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.PackedOperand;
import org.rondoml.core.compute.PackedProduct;
import org.rondoml.core.engine.Workers;

/**
 * The speed of matrix products that this machine can reach: that of a large one with a packed
 * operand, on every thread at once, through the model's own kernels. Measured between blocks of
 * steps, so that whatever slows down the machine slows down both; the best of all counts.
 */
final class GemmPeak {
  private static final int REPETITIONS = 3;

  private final Workers workers;
  private final Gemm gemm;
  private final List<Lane> lanes = new ArrayList<>();
  private double best;

  /** What one thread computes with. */
  private record Lane(PackedProduct product, Memory a, Memory c) {}

  GemmPeak(Kernels kernels, Precision precision, Workers workers) {
    this.workers = workers;
    gemm = new Gemm(precision, 512, 1024, 1024, false, false, false);
    PackedOperand b = kernels.plan(gemm, numbers(gemm.k(), gemm.n()), 0);
    for (int i = 0; i < workers.threads(); i++) {
      lanes.add(new Lane(b.product(), numbers(gemm.m(), gemm.k()), numbers(gemm.m(), gemm.n())));
    }
  }

  /** Numbers that differ: a processor may be faster, or clock higher, on zeros. */
  private Memory numbers(int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 7919 % 1000) / 500f - 1;
    }
    return Memory.of(
        Nd4j.createFromArray(values)
            .castTo(gemm.precision().dataType())
            .reshape('c', rows, columns));
  }

  void measure() {
    for (int i = 0; i < REPETITIONS; i++) {
      long start = System.nanoTime();
      workers.run(
          lanes.size(),
          lane -> {
            Lane own = lanes.get(lane);
            own.product().run(own.a(), 0, own.c(), 0);
          });
      long nanos = System.nanoTime() - start;
      best = Math.max(best, (double) gemm.flops() * lanes.size() / nanos);
    }
  }

  /** The best so far, in GFLOP/s, all threads together. */
  double gflops() {
    return best;
  }
}
