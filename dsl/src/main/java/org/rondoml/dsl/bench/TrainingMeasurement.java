package org.rondoml.dsl.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.engine.StepTimes.Part;
import org.rondoml.core.engine.TrainingBench;

/** Blocks of steps of training, each timed by part. */
final class TrainingMeasurement {
  private final TrainingBench bench;
  private final ProductClock products;
  private final int threads;
  private final List<Block> blocks = new ArrayList<>();

  TrainingMeasurement(TrainingBench bench, ProductClock products, int threads) {
    this.bench = bench;
    this.products = products;
    this.threads = threads;
  }

  /** All clocks and counters at one moment; times in nanoseconds of all threads together. */
  private record Reading(
      long time,
      long data,
      long layers,
      long optimizer,
      long packing,
      long products,
      long flops,
      @Nullable Long allocated) {}

  /** A block: what the clocks said before and after it. */
  private record Block(int steps, Reading before, Reading after) {
    long time() {
      return after.time() - before.time();
    }
  }

  private Reading read() {
    return new Reading(
        System.nanoTime(),
        bench.times().nanos(Part.DATA),
        bench.times().nanos(Part.LAYERS),
        bench.times().nanos(Part.OPTIMIZER),
        bench.times().nanos(Part.PACKING),
        products.nanos(),
        products.flops(),
        Garbage.allocated());
  }

  /** Times a block; all have the same number of steps. */
  void measure(int steps) {
    Reading before = read();
    bench.run(steps);
    blocks.add(new Block(steps, before, read()));
  }

  /**
   * The block with the median time.
   *
   * @param flopsPerStep what the products of a step cost
   * @param peak GFLOP/s of a large product
   */
  BenchReport.Training report(int batchSize, double flopsPerStep, double peak) {
    Block median =
        blocks.stream()
            .sorted(Comparator.comparingLong(Block::time))
            .toList()
            .get(blocks.size() / 2);
    Reading before = median.before();
    Reading after = median.after();
    int steps = median.steps();
    double share = 1e-6 / steps / threads;
    double ms = median.time() * 1e-6 / steps;
    double productMs = (after.products() - before.products()) * share;
    double layersMs = (after.layers() - before.layers()) * share;
    double optimizerMs = (after.optimizer() - before.optimizer()) * share;
    double packingMs = (after.packing() - before.packing()) * share;
    double dataMs = (after.data() - before.data()) * share;
    double floorMs = flopsPerStep / peak * 1e-6;
    Long allocatedBefore = before.allocated();
    Long allocatedAfter = after.allocated();
    return new BenchReport.Training(
        batchSize,
        steps * blocks.size(),
        ms,
        batchSize / ms * 1e3,
        flopsPerStep * 1e-9,
        productMs == 0 ? 0 : (after.flops() - before.flops()) * 1e-6 / steps / productMs,
        peak,
        floorMs,
        ms / floorMs,
        new BenchReport.Parts(
            productMs,
            layersMs - productMs,
            optimizerMs,
            packingMs,
            dataMs,
            ms - layersMs - optimizerMs - packingMs - dataMs),
        allocatedBefore == null || allocatedAfter == null
            ? null
            : (double) (allocatedAfter - allocatedBefore) / steps);
  }
}
