package org.rondoml.dsl.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.rondoml.core.engine.StepTimes.Part;
import org.rondoml.core.engine.TrainingBench;

/**
 * Steps of training, each timed by part. What counts is the middle half of them by time: a machine
 * that is shared is taken away now and then for longer than a step, and the mean of all steps would
 * tell of that.
 */
final class TrainingMeasurement {
  private final TrainingBench bench;
  private final ProductClock products;
  private final int threads;
  private final List<Step> steps = new ArrayList<>();
  private long allocated;
  private boolean knowsAllocated = true;

  TrainingMeasurement(TrainingBench bench, ProductClock products, int threads) {
    this.bench = bench;
    this.products = products;
    this.threads = threads;
  }

  /** All clocks and counters at one moment; times in nanoseconds of all threads together. */
  private record Reading(
      long time, long data, long layers, long optimizer, long packing, long products, long flops) {}

  /** A step: what the clocks said before and after it. */
  private record Step(Reading before, Reading after) {
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
        products.flops());
  }

  /** Times some steps. */
  void measure(int count) {
    Long allocatedBefore = Garbage.allocated();
    for (int i = 0; i < count; i++) {
      Reading before = read();
      bench.run(1);
      steps.add(new Step(before, read()));
    }
    Long allocatedAfter = Garbage.allocated();
    if (allocatedBefore == null || allocatedAfter == null) {
      knowsAllocated = false;
    } else {
      allocated += allocatedAfter - allocatedBefore;
    }
  }

  /** The mean over some steps of how far a clock went. */
  private static double mean(List<Step> some, ToLongFunction<Reading> clock) {
    return some.stream()
        .mapToLong(step -> clock.applyAsLong(step.after()) - clock.applyAsLong(step.before()))
        .average()
        .orElseThrow();
  }

  /**
   * The mean of the middle half of the steps.
   *
   * @param flopsPerStep what the products of a step cost
   * @param peak GFLOP/s of a large product
   */
  BenchReport.Training report(int batchSize, double flopsPerStep, double peak) {
    int quarter = steps.size() / 4;
    List<Step> middle =
        steps.stream()
            .sorted(Comparator.comparingLong(Step::time))
            .toList()
            .subList(quarter, steps.size() - quarter);
    double share = 1e-6 / threads;
    double ms = mean(middle, Reading::time) * 1e-6;
    double productMs = mean(middle, Reading::products) * share;
    double layersMs = mean(middle, Reading::layers) * share;
    double optimizerMs = mean(middle, Reading::optimizer) * share;
    double packingMs = mean(middle, Reading::packing) * share;
    double dataMs = mean(middle, Reading::data) * share;
    double floorMs = flopsPerStep / peak * 1e-6;
    return new BenchReport.Training(
        batchSize,
        steps.size(),
        ms,
        batchSize / ms * 1e3,
        flopsPerStep * 1e-9,
        productMs == 0 ? 0 : mean(middle, Reading::flops) * 1e-6 / productMs,
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
        knowsAllocated ? (double) allocated / steps.size() : null);
  }
}
