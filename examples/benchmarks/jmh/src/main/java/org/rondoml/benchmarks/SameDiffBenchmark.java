package org.rondoml.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
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
import org.rondoml.core.samediff.SameDiffLayer;
import org.rondoml.core.samediff.Terms;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.ParameterSpec;

/**
 * Dense with a sigmoid, built in and written with SameDiff, on a shard of 32 rows. With it come the
 * packing of weights and the copies that {@link LayerRunner} makes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SameDiffBenchmark {
  private static final int ROWS = 32;

  /** How it is written. */
  @Param({"samediff", "builtin"})
  public String written;

  /** The features, and as many units. */
  @Param({"16", "64", "256"})
  public int units;

  private List<INDArray> x;
  private List<INDArray> gradients;
  private LayerRunner runner;
  private long step;

  /** y = sigmoid(x W + b). */
  private static final class Written extends SameDiffLayer {
    private final int units;

    private Written(int units) {
      this.units = units;
    }

    @Override
    protected Shape outputShape(List<Shape> inputs) {
      return Shape.of(units);
    }

    @Override
    public List<ParameterSpec> parameters(List<Shape> inputs) {
      return List.of(
          new ParameterSpec(
              "kernel",
              Shape.of(inputs.get(0).dimension(0), units),
              (shape, random) -> {
                double[] values = new double[(int) shape.size()];
                for (int i = 0; i < values.length; i++) {
                  values[i] = 0.1 * random.nextGaussian();
                }
                return values;
              }),
          new ParameterSpec("bias", Shape.of(units), (shape, random) -> new double[units]));
    }

    @Override
    protected SDVariable define(SameDiff sd, Terms terms) {
      return sd.nn()
          .sigmoid(terms.input().mmul(terms.parameter("kernel")).add(terms.parameter("bias")));
    }
  }

  /** Draws weights, inputs and gradients. */
  @Setup
  public void draw() {
    ClassLoader loader = SameDiffBenchmark.class.getClassLoader();
    Layer layer =
        written.equals("samediff")
            ? new Written(units)
            : Registry.load(loader)
                .create(
                    Layer.class,
                    "Dense",
                    Map.of("units", units, "activation", "sigmoid"),
                    Semantics.KERAS3);
    runner =
        new LayerRunner(
            layer,
            List.of(Shape.of(units)),
            ROWS,
            Precision.FLOAT32,
            KernelSelection.load(loader).kernels(Precision.FLOAT32),
            42);
    x = List.of(Nd4j.rand(DataType.FLOAT, ROWS, units));
    gradients = List.of(Nd4j.randn(DataType.FLOAT, ROWS, units));
  }

  /** Inference. */
  @Benchmark
  public void forward() {
    runner.forward(x, false, step++).forEach(INDArray::close);
  }

  /** Training, less the optimizer. */
  @Benchmark
  public void forwardAndBackward() {
    runner.forward(x, true, step++).forEach(INDArray::close);
    LayerRunner.LayerGradients found = runner.backward(gradients);
    found.inputs().forEach(INDArray::close);
    found.parameters().values().forEach(INDArray::close);
  }
}
