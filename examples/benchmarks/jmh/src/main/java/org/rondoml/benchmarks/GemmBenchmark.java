package org.rondoml.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.rondoml.api.Precision;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.KernelSelection;
import org.rondoml.core.compute.Kernels;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.PackedProduct;
import org.rondoml.core.compute.Product;

/**
 * The matrix products of an LSTM with 256 units on a shard of 16 rows and 28 time steps, in each
 * library. The counter {@code gflop} is GFLOP/s, on as many threads as {@code -t} says.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class GemmBenchmark {
  /** Which product. */
  public enum Shape {
    /** A time step: h U, added to x W. */
    STEP(16, 1024, 256, false, true, true),
    /** All inputs at once: x W. */
    INPUTS(448, 1024, 256, false, false, true),
    /** A kernel's gradient: the transpose of x, times dz. */
    GRADIENT(256, 1024, 448, true, false, false);

    final Gemm gemm;
    final boolean packed;

    Shape(int m, int n, int k, boolean transposeA, boolean accumulate, boolean packed) {
      gemm = new Gemm(Precision.FLOAT32, m, n, k, transposeA, false, accumulate);
      this.packed = packed;
    }
  }

  /** Counts what was computed. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Work {
    /** 10^9 floating-point operations. */
    public double gflop;

    /** Starts an iteration. */
    @Setup(Level.Iteration)
    public void clear() {
      gflop = 0;
    }
  }

  /** The library's id. */
  @Param({"onednn", "openblas"})
  public String library;

  /** The product. */
  @Param public Shape shape;

  private Runnable product;
  private double gflop;

  /** Plans the product, and packs. */
  @Setup
  public void plan() {
    Kernels kernels =
        KernelSelection.load(getClass().getClassLoader(), List.of(library))
            .kernels(Precision.FLOAT32);
    Gemm gemm = shape.gemm;
    Memory a = random(gemm.lengthA());
    Memory b = random(gemm.lengthB());
    Memory c = random(gemm.lengthC());
    if (shape.packed) {
      PackedProduct packed = kernels.plan(gemm, b, 0).product();
      product = () -> packed.run(a, 0, c, 0);
    } else {
      Product plain = kernels.plan(gemm);
      product = () -> plain.run(a, 0, b, 0, c, 0);
    }
    gflop = gemm.flops() / 1e9;
  }

  private static Memory random(long length) {
    return Memory.of(Nd4j.rand(DataType.FLOAT, length).subi(0.5));
  }

  /** A product. */
  @Benchmark
  public void product(Work work) {
    product.run();
    work.gflop += gflop;
  }
}
