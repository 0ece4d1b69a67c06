package org.rondoml.dsl.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;
import org.rondoml.api.Precision;
import org.rondoml.core.compute.KernelSelection;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.engine.Predictor;
import org.rondoml.core.engine.SampleData;
import org.rondoml.core.engine.TrainingBench;
import org.rondoml.core.engine.Workers;
import org.rondoml.dsl.inspect.LayerKernels;
import org.rondoml.dsl.run.RondoVersion;
import org.rondoml.dsl.run.SampleLoader;
import org.rondoml.dsl.run.TrainingBenchFactory;
import org.rondoml.dsl.specification.Specification;
import org.rondoml.dsl.summary.ModelSummary;

/** Measures a model's training on its training samples and, where asked, its inference. */
public final class Bench {
  /** Samples that a call predicts at least, so that what it makes once a call counts for little. */
  private static final int SAMPLES_A_CALL = 512;

  private final Specification model;
  private final SampleLoader loader;
  private final TrainingBenchFactory training;
  private final Predictor predictor;
  private final Workers workers;
  private final KernelSelection kernels;
  private final ProductClock products;

  Bench(
      Specification model,
      SampleLoader loader,
      TrainingBenchFactory training,
      Predictor predictor,
      Workers workers,
      KernelSelection kernels,
      ProductClock products) {
    this.model = model;
    this.loader = loader;
    this.training = training;
    this.predictor = predictor;
    this.workers = workers;
    this.kernels = kernels;
    this.products = products;
  }

  /**
   * Measures.
   *
   * @param progress told what is being done
   * @throws DataException where there are no samples to train on, or too few
   */
  public BenchReport run(BenchPlan plan, Consumer<String> progress) {
    progress.accept("reading the samples");
    SampleData samples = loader.train();
    int batchSize = batchSize(plan, samples);
    Precision precision = model.precision();
    GemmPeak peak = new GemmPeak(kernels.kernels(precision), precision, workers);
    BenchReport.Training trained = train(plan, samples, batchSize, peak, progress);
    List<BenchReport.Inference> inference = new ArrayList<>();
    for (int size : plan.inference()) {
      inference.add(infer(plan, samples, size, progress));
    }
    PeakMemory memory = PeakMemory.now();
    return new BenchReport(
        RondoVersion.text(),
        System.getProperty("java.version"),
        model.name(),
        precision.toString(),
        workers.threads(),
        Vec.implementation(),
        trained,
        inference,
        peak.gflops(),
        memory.bytes(),
        memory.of(),
        PeakMemory.heap(),
        LayerKernels.of(model.requireGraph(), precision, kernels, batchSize));
  }

  private static void free(INDArray output) {
    if (output.closeable()) {
      output.close();
    }
  }

  private int batchSize(BenchPlan plan, SampleData samples) {
    Integer wanted = plan.batchSize();
    if (wanted != null && wanted > samples.size()) {
      throw new DataException(
          samples.origin()
              + ": has "
              + samples.size()
              + " samples to train on, fewer than --batch-size "
              + wanted);
    }
    return Math.min(wanted == null ? model.fit().batchSize() : wanted, samples.size());
  }

  private BenchReport.Training train(
      BenchPlan plan, SampleData samples, int batchSize, GemmPeak peak, Consumer<String> progress) {
    TrainingBench steps = training.of(samples, batchSize);
    products.setOn(true);
    progress.accept("training: warming up");
    Pace pace = Pace.TRAINING.withWarmUp(plan.warmUp());
    Blocks blocks = Blocks.afterWarmUp(steps::run, pace, plan.steps());
    TrainingMeasurement measurement = new TrainingMeasurement(steps, products, workers.threads());
    peak.measure();
    for (int i = 0; i < blocks.count(); i++) {
      progress.accept(
          "training: block " + (i + 1) + " of " + blocks.count() + ", steps: " + blocks.runs());
      measurement.measure(blocks.runs());
      peak.measure();
    }
    products.setOn(false);
    long flops = ModelSummary.of(model).trainingFlops();
    return measurement.report(batchSize, (double) flops * batchSize, peak.gflops());
  }

  private BenchReport.Inference infer(
      BenchPlan plan, SampleData samples, int batchSize, Consumer<String> progress) {
    String what = "inference in batches of " + batchSize + ": ";
    progress.accept(what + "warming up");
    int batches = Math.max(1, SAMPLES_A_CALL / batchSize);
    Integer steps = plan.steps();
    if (steps != null) {
      batches = Math.min(batches, steps);
    }
    SampleData some = samples.cycle(batches * batchSize);
    IntConsumer predict =
        times -> {
          for (int i = 0; i < times; i++) {
            // Freed at once, or thousands would wait outside of the heap for the garbage collector.
            predictor.predict(some, batchSize).forEach(Bench::free);
          }
        };
    Blocks blocks =
        Blocks.afterWarmUp(
            predict,
            Pace.INFERENCE.withWarmUp(plan.warmUp()),
            steps == null ? null : Math.max(1, steps / batches));
    double[] nanos = new double[blocks.count()];
    for (int i = 0; i < nanos.length; i++) {
      progress.accept(what + "block " + (i + 1) + " of " + blocks.count());
      long start = System.nanoTime();
      predict.accept(blocks.runs());
      nanos[i] = (double) (System.nanoTime() - start) / blocks.runs() / some.size();
    }
    Arrays.sort(nanos);
    return new BenchReport.Inference(batchSize, nanos[nanos.length / 2] * 1e-3);
  }
}
