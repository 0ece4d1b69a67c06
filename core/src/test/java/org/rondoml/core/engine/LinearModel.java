package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.KernelSelection;
import org.rondoml.core.compute.Kernels;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.graph.LayerNode;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Constraint;
import org.rondoml.core.spi.Dataset;
import org.rondoml.core.spi.ElementWiseOptimizer;
import org.rondoml.core.spi.InputLayer;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.Regularizer;
import org.rondoml.core.spi.Schedule;
import org.rondoml.core.spi.UnaryLayer;

/** The smallest model that learns, with components of its own: y = x w, squared error, momentum. */
final class LinearModel {
  static final int FEATURES = 3;

  private LinearModel() {}

  record Input(Shape shape) implements InputLayer {}

  /**
   * y = x W with a matrix of ones halves at first; noise is added in training where asked for, and
   * W has a penalty and a constraint where asked for.
   */
  record Linear(
      int units, double noise, @Nullable Regularizer penalty, @Nullable Constraint condition)
      implements UnaryLayer {
    @Override
    public Shape outputShape(Shape input) {
      return Shape.of(units);
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
      ParameterSpec kernel =
          new ParameterSpec(
              "kernel",
              Shape.of(input.dimension(0), units),
              (shape, random) -> {
                double[] values = new double[(int) shape.size()];
                java.util.Arrays.fill(values, 0.5);
                return values;
              });
      return List.of(kernel.with(penalty, condition));
    }

    @Override
    public INDArray forward(LayerContext context, INDArray x) {
      INDArray y = context.scratch("y", context.batchSize(), units);
      context.plan("x", Memory[].class, () -> new Memory[1])[0] = context.dense("x", x);
      context
          .product("kernel", false, context.batchSize(), false)
          .run(context.dense("x", x), 0, context.dense("y", y), 0);
      if (context.training()) {
        RandomStream random = context.random();
        for (long i = 0; i < y.length(); i++) {
          y.putScalar(i, y.getDouble(i) + noise * random.nextGaussian());
        }
      }
      return y;
    }

    @Override
    public INDArray backward(LayerContext context, INDArray dy) {
      Memory x = context.plan("x", Memory[].class, () -> new Memory[1])[0];
      int features = (int) (x.length() / context.batchSize());
      Gemm gemm =
          new Gemm(context.precision(), features, units, context.batchSize(), true, false, true);
      context.product(gemm).run(x, 0, context.dense("dy", dy), 0, context.gradient("kernel"), 0);
      INDArray dx = context.scratch("dx", context.batchSize(), features);
      context
          .product("kernel", true, context.batchSize(), false)
          .run(context.dense("dy", dy), 0, context.dense("dx", dx), 0);
      return dx;
    }
  }

  record SquaredError() implements Loss {
    @Override
    public void check(Shape target, Shape output) {}

    @Override
    public double value(Vec target, Vec output) {
      double sum = 0;
      for (int k = 0; k < output.length(); k++) {
        sum += Math.pow(output.get(k) - target.get(k), 2);
      }
      return sum;
    }

    @Override
    public void gradient(Vec target, Vec output, Vec gradient) {
      gradient.subtract(output, target);
      gradient.scale(gradient, 2);
    }
  }

  /** The mean of |y - t|. */
  record AbsoluteError() implements Metric {
    @Override
    public String name() {
      return "mae";
    }

    @Override
    public State start() {
      return new State() {
        private final double[] sums = new double[2];

        @Override
        public void add(Vec target, Vec output, double weight) {
          sums[0] += Math.abs(target.get(0) - output.get(0));
          sums[1]++;
        }

        @Override
        public void add(State other) {
          sums[0] += other.snapshot()[0];
          sums[1] += other.snapshot()[1];
        }

        @Override
        public double result() {
          return sums[0] / sums[1];
        }

        @Override
        public double[] snapshot() {
          return sums.clone();
        }

        @Override
        public void restore(double[] snapshot) {
          System.arraycopy(snapshot, 0, sums, 0, 2);
        }
      };
    }
  }

  record Momentum(double rate) implements ElementWiseOptimizer {
    @Override
    public List<Slot> slots() {
      return List.of(new Slot("momentum"));
    }

    @Override
    public Schedule learningRate() {
      return step -> rate / (1 + 0.1 * step);
    }

    @Override
    public Rule step(long iteration, double learningRate) {
      return (w, g, slots) -> w.add(w, slots.get(0).blend(0.9, g.value(), -learningRate));
    }
  }

  static Kernels kernels() {
    return KernelSelection.load(LinearModel.class.getClassLoader()).kernels(Precision.FLOAT64);
  }

  static Graph graph(double noise) {
    return graph(new Linear(1, noise, null, null), true);
  }

  static Graph graph(Layer layer, boolean trainable) {
    return Graph.of(
        List.of(
            new LayerNode("x", "Input", new Input(Shape.of(FEATURES)), true, List.of()),
            new LayerNode("linear", "Linear", layer, trainable, List.of("x"))),
        List.of());
  }

  static double[][] x(int samples) {
    RandomStream random = RandomStream.of(11);
    double[][] x = new double[samples][FEATURES];
    for (double[] row : x) {
      for (int k = 0; k < FEATURES; k++) {
        row[k] = random.nextGaussian();
      }
    }
    return x;
  }

  static double[][] y(double[][] x) {
    double[][] y = new double[x.length][1];
    for (int i = 0; i < x.length; i++) {
      y[i][0] = x[i][0] - 2 * x[i][1] + 0.25 * x[i][2];
    }
    return y;
  }

  static SampleData data(Graph graph, int samples) {
    double[][] x = x(samples);
    Dataset data =
        new Dataset(
            Map.of("x", Nd4j.createFromArray(x)),
            List.of(Nd4j.createFromArray(y(x))),
            null,
            "made up");
    return SampleData.of(data, graph, Precision.FLOAT64);
  }

  static Objective objective() {
    List<Metric> metrics = new ArrayList<>();
    metrics.add(new AbsoluteError());
    return new Objective(List.of(new Objective.Output("linear", new SquaredError(), 1, metrics)));
  }
}
