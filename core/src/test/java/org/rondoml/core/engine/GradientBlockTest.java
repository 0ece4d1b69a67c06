package org.rondoml.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.graph.LayerNode;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Columns;
import org.rondoml.core.spi.Dataset;
import org.rondoml.core.spi.ElementWiseOptimizer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.OptimizerArguments;
import org.rondoml.core.spi.OuterProducts;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.Schedule;
import org.rondoml.core.spi.UnaryLayer;

/** Gradients that a layer hands over in parts of their columns, whatever the parts. */
class GradientBlockTest {
  private static final int FEATURES = 150; // more than a block's rows
  private static final int COLUMNS = 5;
  private static final int SAMPLES = 40;

  /** y = x W with zeros for W, so that y is 0; its gradient comes in parts. */
  private record Parted(List<Columns> parts) implements UnaryLayer {
    @Override
    public Shape outputShape(Shape input) {
      return Shape.of(COLUMNS);
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
      return List.of(
          new ParameterSpec(
              "kernel",
              Shape.of(FEATURES, COLUMNS),
              (shape, random) -> new double[(int) shape.size()]));
    }

    @Override
    public INDArray forward(LayerContext context, INDArray x) {
      context.scratch("x", x.shape()).assign(x);
      return context.scratch("y", context.batchSize(), COLUMNS).assign(0);
    }

    @Override
    public INDArray backward(LayerContext context, INDArray dy) {
      Memory x = context.dense("own x", context.scratch("x", context.batchSize(), FEATURES));
      INDArray copy = context.scratch("dy", context.batchSize(), COLUMNS).assign(dy);
      Memory dz = context.dense("own dy", copy);
      for (Columns part : parts) {
        context.addOuterProducts(
            "kernel", part, new OuterProducts(x, 0, dz, part.from(), COLUMNS, context.batchSize()));
      }
      return dy;
    }
  }

  /** Keeps the gradient in its slot. */
  private record Recorder() implements ElementWiseOptimizer {
    @Override
    public List<Slot> slots() {
      return List.of(new Slot("g"));
    }

    @Override
    public Schedule learningRate() {
      return step -> 1;
    }

    @Override
    public Rule step(long iteration, double learningRate) {
      return (w, g, slots) -> slots.get(0).copy(g.value());
    }
  }

  static Stream<List<Columns>> parts() {
    Columns left = new Columns(0, 2);
    Columns middle = new Columns(1, 4);
    Columns right = new Columns(2, 5);
    Columns all = new Columns(0, COLUMNS);
    return Stream.of(
        List.of(all),
        List.of(left, right),
        List.of(right, left),
        List.of(right, left, right), // a layer that is called twice
        List.of(right), // columns that nothing depends on
        List.of(left, middle), // an overlap, and columns without any
        List.of(left, middle, right),
        List.of(all, middle),
        List.of());
  }

  private static double[][] draw(String name, int columns) {
    RandomStream random = RandomStream.of(9).derive(name);
    double[][] drawn = new double[SAMPLES][columns];
    for (double[] row : drawn) {
      Arrays.setAll(row, k -> random.nextGaussian());
    }
    return drawn;
  }

  @ParameterizedTest
  @MethodSource("parts")
  void partsOfColumnsAddUp(List<Columns> parts) {
    Graph graph =
        Graph.of(
            List.of(
                new LayerNode(
                    "x", "Input", new LinearModel.Input(Shape.of(FEATURES)), true, List.of()),
                new LayerNode("y", "Parted", new Parted(parts), true, List.of("x"))),
            List.of());
    double[][] x = draw("x", FEATURES);
    double[][] y = draw("y", COLUMNS);
    SampleData data =
        SampleData.of(
            new Dataset(
                Map.of("x", Nd4j.createFromArray(x)),
                List.of(Nd4j.createFromArray(y)),
                null,
                "made up"),
            graph,
            Precision.FLOAT64);
    Objective objective =
        new Objective(
            List.of(new Objective.Output("y", new LinearModel.SquaredError(), 1, List.of())));
    Checkpoint[] saved = new Checkpoint[1];
    try (Workers workers = new Workers(2)) {
      Network network = new Network(graph, Precision.FLOAT64, LinearModel.kernels(), 1);
      new Trainer(
              network,
              workers,
              objective,
              new Optimization(new Recorder(), OptimizerArguments.NONE, Semantics.KERAS3),
              new FitPlan(2, SAMPLES, false, 0, 1), // what the first step left is in the way
              data,
              null,
              List.of(),
              (name, checkpoint) -> saved[0] = TrainerTest.copy(checkpoint),
              new TrainingListener() {},
              () -> false)
          .fit();
    }
    double[] found = Objects.requireNonNull(saved[0]).slots().get(0).data().asDouble();
    for (int i = 0; i < FEATURES; i++) {
      for (int c = 0; c < COLUMNS; c++) {
        double expected = 0;
        for (Columns part : parts) {
          for (int s = 0; s < SAMPLES && part.from() <= c && c < part.to(); s++) {
            expected += x[s][i] * 2 * (0 - y[s][c]) / SAMPLES;
          }
        }
        assertEquals(expected, found[i * COLUMNS + c], 1e-12, "row " + i + ", column " + c);
      }
    }
  }
}
