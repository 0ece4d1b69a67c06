package org.rondoml.dsl.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.dsl.inspect.LayerKernels;

/**
 * What was measured. The names are those of the JSON that programs read.
 *
 * @param rondo Rondo's version
 * @param java Java's version
 * @param model the model's name
 * @param precision the floating-point format
 * @param threads how many threads compute
 * @param elementwise how element-wise work is computed
 * @param training steps of training
 * @param inference predicting, by batch size
 * @param gemmPeakGflops the best speed of a large matrix product in between, all threads together
 * @param peakMemoryBytes the most memory used
 * @param peakMemoryOf of what: {@code process} or {@code Java heap}
 * @param peakHeapBytes the most that the Java heap has held
 * @param kernels what computes the matrix products of each layer
 */
public record BenchReport(
    String rondo,
    String java,
    String model,
    String precision,
    int threads,
    String elementwise,
    Training training,
    List<Inference> inference,
    double gemmPeakGflops,
    long peakMemoryBytes,
    String peakMemoryOf,
    long peakHeapBytes,
    List<LayerKernels> kernels) {
  /** Copies the lists. */
  public BenchReport {
    inference = List.copyOf(inference);
    kernels = List.copyOf(kernels);
  }

  /**
   * Steps of training: the mean of the middle half by time, which whatever else runs on the machine
   * touches least.
   *
   * @param batchSize samples a step
   * @param steps steps that were timed, in all
   * @param msPerStep milliseconds a step
   * @param samplesPerSecond samples a second
   * @param gflopPerStep operations of a step's matrix products, in 10^9, by the layers' cost: those
   *     of every time step, though products with the zeros before the first are left out
   * @param gflops the speed of the products while they run, all threads together
   * @param gemmPeakGflops the speed of a large one
   * @param floorMs what a step would take if it were products alone, at that speed
   * @param ratioToFloor how many times that a step takes
   * @param partsMs where the time goes
   * @param garbageBytesPerStep what a step leaves on the Java heap; null where the JVM doesn't say
   */
  public record Training(
      int batchSize,
      int steps,
      double msPerStep,
      double samplesPerSecond,
      double gflopPerStep,
      double gflops,
      double gemmPeakGflops,
      double floorMs,
      double ratioToFloor,
      Parts partsMs,
      @Nullable Double garbageBytesPerStep) {}

  /**
   * Milliseconds of a step: the time that threads spend on a part, divided by their number, so that
   * the parts add up to the step.
   *
   * @param products matrix products
   * @param elementwise everything else in forward and backward
   * @param optimizer adding up gradients and updating the parameters
   * @param packing putting the parameters in the order that products like best
   * @param data gathering the samples
   * @param waiting nothing
   */
  public record Parts(
      double products,
      double elementwise,
      double optimizer,
      double packing,
      double data,
      double waiting) {}

  /**
   * Predicting in batches of one size: the median of several blocks.
   *
   * @param batchSize samples a batch
   * @param usPerSample microseconds a sample
   */
  public record Inference(int batchSize, double usPerSample) {}
}
