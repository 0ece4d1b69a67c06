package org.rondoml.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.Kernels;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.PackedOperand;
import org.rondoml.core.compute.PackedProduct;
import org.rondoml.core.compute.Product;

/** What Rondo relies on in every kernel library. The test of a library extends this class. */
public abstract class KernelsContract {
  /** Rows, columns and terms: single ones, odd ones, around vector widths, and a time step's. */
  private static final int[][] SIZES = {
    {1, 1, 1},
    {1, 1, 7},
    {1, 7, 1},
    {7, 1, 1},
    {1, 33, 5},
    {5, 1, 33},
    {33, 5, 1},
    {2, 3, 4},
    {7, 13, 11},
    {16, 16, 16},
    {17, 31, 33},
    {16, 64, 28},
    {15, 65, 63},
    {64, 1, 64},
    {1, 64, 64},
    {64, 64, 1},
    {3, 129, 257},
    {129, 17, 3},
    {16, 1024, 256},
    {28, 260, 448}
  };

  /** The library under test. */
  protected abstract Kernels kernels();

  private List<Precision> precisions() {
    List<Precision> supported =
        Stream.of(Precision.values()).filter(precision -> kernels().supports(precision)).toList();
    assertTrue(!supported.isEmpty(), kernels().name() + " supports no precision");
    return supported;
  }

  /** Every way of writing products of these sizes. */
  static Stream<Gemm> products(Precision precision, int m, int n, int k) {
    return Stream.of(false, true)
        .flatMap(
            accumulate ->
                Stream.of(false, true)
                    .flatMap(
                        left ->
                            Stream.of(false, true)
                                .map(
                                    right ->
                                        new Gemm(precision, m, n, k, left, right, accumulate))));
  }

  /** Checks one product, plain and packed, against the triple loop. */
  static void check(Kernels kernels, Gemm gemm, int offset) {
    GemmCase numbers = new GemmCase(gemm, offset);
    numbers.check("plain", numbers.run(kernels));
    numbers.check("packed", numbers.runPacked(kernels));
  }

  @Test
  void productsAreThoseOfATripleLoop() {
    for (Precision precision : precisions()) {
      for (int[] size : SIZES) {
        products(precision, size[0], size[1], size[2])
            .forEach(
                gemm -> {
                  check(kernels(), gemm, 0);
                  check(kernels(), gemm, 3);
                });
      }
    }
  }

  @Test
  void matricesCanBeColumnsOfWiderOnes() {
    int[][] sizes = {{5, 7, 6}, {16, 64, 32}, {1, 128, 16}, {64, 32, 112}};
    for (Precision precision : precisions()) {
      for (int[] size : sizes) {
        products(precision, size[0], size[1], size[2])
            .flatMap(
                gemm ->
                    Stream.of(
                        gemm.withStrideA(gemm.strideA() + 5),
                        gemm.withStrideB(gemm.strideB() + 32),
                        gemm.withStrideC(gemm.strideC() + 16),
                        gemm.withStrideA(200).withStrideB(201).withStrideC(202)))
            .forEach(gemm -> check(kernels(), gemm, 3));
      }
    }
  }

  @Test
  void aBiasIsAddedToEveryRow() {
    for (Precision precision : precisions()) {
      for (boolean accumulate : new boolean[] {false, true}) {
        Gemm gemm = new Gemm(precision, 4, 6, 5, false, false, accumulate).withStrideC(9);
        GemmCase numbers = new GemmCase(gemm, 0);
        double[] expected = numbers.runPacked(kernels());
        Memory bias = zeros(precision, 2L + gemm.n());
        for (int column = 0; column < gemm.n(); column++) {
          bias.array().putScalar(2L + column, column - 2.5);
          for (int row = 0; row < gemm.m(); row++) {
            expected[row * gemm.strideC() + column] += column - 2.5;
          }
        }
        numbers.reset();
        kernels().plan(gemm, numbers.b(), 0).product(bias, 2).run(numbers.a(), 0, numbers.c(), 0);
        assertArrayEquals(expected, numbers.result(), 1e-5);
      }
    }
  }

  @Test
  void aProductCanBeMovedOverMemory() {
    for (Precision precision : precisions()) {
      Gemm gemm = new Gemm(precision, 4, 6, 5, false, false, false);
      int steps = 3;
      Memory a = zeros(precision, gemm.lengthA() * steps);
      Memory b = zeros(precision, gemm.lengthB() * steps);
      Memory c = zeros(precision, gemm.lengthC() * steps);
      a.array().assign(1);
      b.array().assign(2);
      a.array().putScalar(gemm.lengthA(), 11); // the first element of the second step
      Product product = kernels().plan(gemm);
      PackedProduct packed = kernels().plan(gemm, b, gemm.lengthB()).product();
      for (int step = 0; step < steps; step++) {
        product.run(a, step * gemm.lengthA(), b, step * gemm.lengthB(), c, step * gemm.lengthC());
      }
      assertSteps(gemm, c);
      c.array().assign(0);
      for (int step = 0; step < steps; step++) {
        packed.run(a, step * gemm.lengthA(), c, step * gemm.lengthC());
      }
      assertSteps(gemm, c);
    }
  }

  /** Five terms of 1 · 2, but 11 · 2 for the first term of the second step's first row. */
  private static void assertSteps(Gemm gemm, Memory c) {
    for (long i = 0; i < c.length(); i++) {
      boolean special = i >= gemm.lengthC() && i < gemm.lengthC() + gemm.n();
      assertEquals(special ? 30 : 10, c.array().getDouble(i), "element " + i);
    }
  }

  @Test
  void packingAnewTakesTheNewValues() {
    for (Precision precision : precisions()) {
      Gemm gemm = new Gemm(precision, 2, 40, 30, false, true, false);
      Memory a = zeros(precision, gemm.lengthA());
      Memory b = zeros(precision, gemm.lengthB());
      Memory c = zeros(precision, gemm.lengthC());
      a.array().assign(1);
      b.array().assign(2);
      PackedOperand packed = kernels().plan(gemm, b, 0);
      PackedProduct product = packed.product();
      product.run(a, 0, c, 0);
      assertEquals(60, c.array().getDouble(79));
      b.array().assign(3);
      packed.pack();
      product.run(a, 0, c, 0);
      assertEquals(90, c.array().getDouble(79));
    }
  }

  @Test
  void theSameProductGivesTheSameBits() {
    for (Precision precision : precisions()) {
      Gemm gemm = new Gemm(precision, 15, 260, 129, false, false, true);
      double[] plain = matrix(new GemmCase(gemm, 0), new GemmCase(gemm, 0).run(kernels()));
      GemmCase numbers = new GemmCase(gemm, 0);
      double[] packed = numbers.runPacked(kernels());
      for (int repeat = 0; repeat < 50; repeat++) {
        assertArrayEquals(plain, matrix(numbers, numbers.run(kernels())), "plain, " + repeat);
        assertArrayEquals(packed, numbers.runPacked(kernels()), "packed, " + repeat);
      }
    }
  }

  /** A shard's scratch memory lies elsewhere with every number of threads. */
  @Test
  void theBitsDoNotDependOnWhereTheOperandsLie() {
    for (Precision precision : precisions()) {
      Gemm gemm = new Gemm(precision, 15, 65, 63, false, true, false);
      GemmCase aligned = new GemmCase(gemm, 0);
      double[] plain = matrix(aligned, aligned.run(kernels()));
      double[] packed = matrix(aligned, aligned.runPacked(kernels()));
      for (int offset = 1; offset < 17; offset++) {
        GemmCase moved = new GemmCase(gemm, offset);
        assertArrayEquals(plain, matrix(moved, moved.run(kernels())), "plain, " + offset);
        assertArrayEquals(packed, matrix(moved, moved.runPacked(kernels())), "packed, " + offset);
      }
    }
  }

  private static double[] matrix(GemmCase numbers, double[] result) {
    int length = Math.toIntExact(numbers.gemm().lengthC());
    return java.util.Arrays.copyOfRange(result, numbers.offset(), numbers.offset() + length);
  }

  @Test
  void threadsDoNotDisturbEachOther() throws Exception {
    int threads = 6;
    for (Precision precision : precisions()) {
      Gemm gemm = new Gemm(precision, 16, 256, 65, false, true, false);
      double[] alone = new GemmCase(gemm, 0).run(kernels());
      GemmCase shared = new GemmCase(gemm, 0);
      PackedOperand operand = kernels().plan(gemm, shared.b(), 0);
      double[] packedAlone = new GemmCase(gemm, 0).runPacked(kernels());
      CountDownLatch start = new CountDownLatch(threads);
      Callable<Void> work =
          () -> {
            GemmCase own = new GemmCase(gemm, 0);
            start.countDown();
            start.await();
            for (int round = 0; round < 20; round++) {
              Product plain = kernels().plan(gemm);
              PackedProduct packed = operand.product();
              for (int run = 0; run < 10; run++) {
                own.reset();
                plain.run(own.a(), 0, own.b(), 0, own.c(), 0);
                assertArrayEquals(alone, own.result());
                own.reset();
                packed.run(own.a(), 0, own.c(), 0);
                assertArrayEquals(packedAlone, own.result());
              }
            }
            return null;
          };
      ExecutorService pool = Executors.newFixedThreadPool(threads);
      try {
        List<Future<Void>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          all.add(pool.submit(work));
        }
        for (Future<Void> one : all) {
          one.get();
        }
      } finally {
        pool.shutdownNow();
      }
    }
  }

  @Test
  void runsAllocateNothing() throws InterruptedException {
    for (Precision precision : precisions()) {
      Gemm gemm = new Gemm(precision, 8, 24, 16, false, false, true);
      GemmCase numbers = new GemmCase(gemm, 0);
      Product plain = kernels().plan(gemm);
      PackedOperand operand = kernels().plan(gemm, numbers.b(), 0);
      PackedProduct packed = operand.product();
      Runnable loop =
          () -> {
            for (int i = 0; i < 50_000; i++) {
              plain.run(numbers.a(), 0, numbers.b(), 0, numbers.c(), 0);
              packed.run(numbers.a(), 0, numbers.c(), 0);
              operand.pack();
            }
          };
      loop.run();
      long counted = settledBytes();
      long grownHeap = heapGrowth(loop);
      assertTrue(grownHeap < 50_000, "heap grew by " + grownHeap + " bytes");
      long grown = growth(loop);
      assertTrue(grown < LEAK, "the process grew by " + grown + " bytes a round");
      long left = settledBytes() - counted;
      assertTrue(left <= 0, "JavaCPP counts " + left + " bytes more in " + precision);
    }
  }

  /**
   * What a loop allocates on the heap once it is compiled: until then the JVM allocates what the
   * compiled code has no need of, and on a busy machine the compiler is late.
   */
  private static long heapGrowth(Runnable loop) {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 20 && least > 0; round++) {
      long before = thread.getThreadAllocatedBytes(Thread.currentThread().getId());
      loop.run();
      long after = thread.getThreadAllocatedBytes(Thread.currentThread().getId());
      least = Math.min(least, after - before);
    }
    return least;
  }

  /** Growth of 50,000 rounds that means a leak: 5 bytes a round, less than any pointer takes. */
  static final long LEAK = 256 * 1024;

  /**
   * The bytes by which a loop lets the process grow: the median of several rounds. What leaks does
   * so in all of them, but for the first, which may live on what malloc had left; what the JVM
   * itself takes or gives back, for compiled code or its heap, shows in a few.
   */
  static long growth(Runnable loop) {
    long[] grown = new long[15];
    for (int round = -15; round < grown.length; round++) {
      long before = Pointer.physicalBytes();
      loop.run();
      if (round >= 0) {
        grown[round] = Pointer.physicalBytes() - before;
      }
    }
    java.util.Arrays.sort(grown);
    return grown[grown.length / 2];
  }

  @Test
  void droppedPlansAreFreed() throws InterruptedException {
    for (Precision precision : precisions()) {
      Gemm gemm = new Gemm(precision, 8, 512, 512, false, false, false);
      GemmCase numbers = new GemmCase(gemm, 0);
      long before = settledBytes();
      for (int i = 0; i < 200; i++) {
        numbers.runPacked(kernels());
      }
      long kept = settledBytes() - before;
      long one = gemm.lengthB() * precision.bytes();
      assertTrue(kept < 10 * one, "200 packed operands of " + one + " bytes left " + kept);
    }
  }

  /** JavaCPP's bytes after its garbage is gone, for which it needs a while. */
  private static long settledBytes() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 10; i++) {
      System.gc();
      Thread.sleep(50);
      least = Math.min(least, Pointer.totalBytes());
    }
    return least;
  }

  @Test
  void operandsOutsideOfMemoryAreRefused() {
    for (Precision precision : precisions()) {
      Gemm gemm = new Gemm(precision, 2, 3, 4, false, false, false);
      Memory a = zeros(precision, 8);
      Memory b = zeros(precision, 12);
      Memory c = zeros(precision, 6);
      Product plain = kernels().plan(gemm);
      PackedProduct packed = kernels().plan(gemm, b, 0).product();
      refused("8 elements from 1 on: memory has 8 elements", () -> plain.run(a, 1, b, 0, c, 0));
      refused("12 elements from -1 on: memory has 12 elements", () -> plain.run(a, 0, b, -1, c, 0));
      refused("6 elements from 1 on: memory has 6 elements", () -> plain.run(a, 0, b, 0, c, 1));
      refused("8 elements from 1 on: memory has 8 elements", () -> packed.run(a, 1, c, 0));
      refused("6 elements from 9 on: memory has 6 elements", () -> packed.run(a, 0, c, 9));
      refused("12 elements from 1 on: memory has 12 elements", () -> kernels().plan(gemm, b, 1));
    }
  }

  private static void refused(String message, org.junit.jupiter.api.function.Executable run) {
    assertEquals(message, assertThrows(IndexOutOfBoundsException.class, run).getMessage());
  }

  @Test
  void operandsOfTheOtherPrecisionAreRefused() {
    for (Precision precision : precisions()) {
      Precision other = precision == Precision.FLOAT32 ? Precision.FLOAT64 : Precision.FLOAT32;
      Product plain = kernels().plan(new Gemm(precision, 2, 2, 2, false, false, false));
      Memory right = zeros(precision, 4);
      Memory wrong = zeros(other, 4);
      assertEquals(
          "memory of " + other + ": expected " + precision,
          assertThrows(
                  IllegalArgumentException.class, () -> plain.run(right, 0, wrong, 0, right, 0))
              .getMessage());
    }
  }

  private static Memory zeros(Precision precision, long length) {
    return Memory.of(Nd4j.zeros(precision.dataType(), length));
  }
}
