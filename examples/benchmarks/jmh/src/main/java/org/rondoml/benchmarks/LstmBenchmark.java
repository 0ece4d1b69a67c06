package org.rondoml.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.KernelSelection;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Layer;

/**
 * An LSTM layer of 256 units on one shard of the article's batch: 16 rows, 28 time steps. With it
 * come the packing of its weights and the copies that {@link LayerRunner} makes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class LstmBenchmark {
  private static final int ROWS = 16;
  private static final int STEPS = 28;
  private static final int UNITS = 256;

  /** The features: of the first layer 28, of the second 256. */
  @Param({"28", "256"})
  public int inputs;

  /** The activation. */
  @Param({"relu", "tanh"})
  public String activation;

  private List<INDArray> x;
  private List<INDArray> gradients;
  private LayerRunner runner;
  private long step;

  private static LayerRunner runner(int inputs, String activation) {
    ClassLoader loader = LstmBenchmark.class.getClassLoader();
    Layer layer =
        Registry.load(loader)
            .create(
                Layer.class,
                "LSTM",
                Map.of("units", UNITS, "activation", activation, "return_sequences", true),
                Semantics.KERAS3);
    return new LayerRunner(
        layer,
        List.of(Shape.of(STEPS, inputs)),
        ROWS,
        Precision.FLOAT32,
        KernelSelection.load(loader).kernels(Precision.FLOAT32),
        42);
  }

  /** Draws weights, inputs and gradients. */
  @Setup
  public void draw() {
    runner = runner(inputs, activation);
    x = List.of(Nd4j.rand(DataType.FLOAT, ROWS, STEPS, inputs));
    gradients = List.of(Nd4j.randn(DataType.FLOAT, ROWS, STEPS, UNITS));
  }

  /** Inference. */
  @Benchmark
  public List<INDArray> forward() {
    return runner.forward(x, false, step++);
  }

  /** Training, less the optimizer. */
  @Benchmark
  public LayerRunner.LayerGradients forwardAndBackward() {
    runner.forward(x, true, step++);
    return runner.backward(gradients);
  }
}
