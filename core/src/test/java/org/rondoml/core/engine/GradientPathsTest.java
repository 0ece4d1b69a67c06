package org.rondoml.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.graph.LayerNode;
import org.rondoml.core.spi.Constraint;
import org.rondoml.core.spi.ElementWiseOptimizer;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Optimizer;
import org.rondoml.core.spi.OptimizerArguments;
import org.rondoml.core.spi.ParameterWiseOptimizer;
import org.rondoml.core.spi.Regularizer;
import org.rondoml.core.spi.Schedule;
import org.rondoml.core.spi.UnaryLayer;

/**
 * What a step changes in a model of y = stop(pass(x A)) + x B, where no gradient gets past stop.
 */
class GradientPathsTest {
  private static final double RATE = 0.125;
  private static final double DECAY = 0.5;

  /** A weight of {@link LinearModel.Linear} before the step, and after it where it is updated. */
  private static final double FIRST = 0.5;

  private static final double UPDATED = FIRST * (1 - RATE * DECAY) + RATE + 8;

  /** y = x. */
  private record Pass(boolean stops, @Nullable Regularizer penalty) implements UnaryLayer {
    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public boolean reachesInput(int input, int inputs, List<Boolean> outputs) {
      return !stops;
    }

    @Override
    public Optional<Regularizer> activityRegularizer() {
      return Optional.ofNullable(penalty);
    }

    @Override
    public INDArray forward(LayerContext context, INDArray x) {
      return context.scratch("y", x.shape()).assign(x);
    }

    @Override
    public INDArray backward(LayerContext context, INDArray dy) {
      return stops ? dy.like() : dy;
    }
  }

  private record Sum() implements Layer {
    @Override
    public List<Shape> outputShapes(List<Shape> inputs) {
      return List.of(inputs.get(0));
    }

    @Override
    public List<INDArray> forward(LayerContext context, List<INDArray> inputs) {
      return List.of(inputs.get(0).add(inputs.get(1)));
    }

    @Override
    public List<INDArray> backward(LayerContext context, List<INDArray> gradients) {
      return List.of(gradients.get(0), gradients.get(0));
    }
  }

  /** Adds the learning rate to every weight it is given, whatever the gradient. */
  private record AddsToElements() implements ElementWiseOptimizer {
    @Override
    public List<ElementWiseOptimizer.Slot> slots() {
      return List.of();
    }

    @Override
    public Schedule learningRate() {
      return step -> RATE;
    }

    @Override
    public ElementWiseOptimizer.Rule step(long iteration, double learningRate) {
      return (w, g, slots) -> w.affine(w, 1, learningRate);
    }
  }

  /** The same for whole parameters. */
  private record AddsToParameters() implements ParameterWiseOptimizer {
    @Override
    public List<ParameterWiseOptimizer.Slot> slots(Shape parameter) {
      return List.of();
    }

    @Override
    public Schedule learningRate() {
      return step -> RATE;
    }

    @Override
    public ParameterWiseOptimizer.Rule step(long iteration, double learningRate) {
      return (w, g, squares, slots) -> w.array().addi(learningRate);
    }
  }

  /** Makes every weight 8 greater. */
  private record Eight() implements Constraint {
    @Override
    public void apply(Memory parameter, Memory scratch) {
      parameter.array().addi(8);
    }
  }

  private static Graph graph(
      @Nullable Regularizer ofKernel, @Nullable Regularizer ofPass, boolean shared) {
    Layer a = new LinearModel.Linear(1, 0, ofKernel, new Eight());
    Layer b = new LinearModel.Linear(1, 0, null, new Eight());
    return Graph.of(
        List.of(
            new LayerNode(
                "x",
                "Input",
                new LinearModel.Input(Shape.of(LinearModel.FEATURES)),
                true,
                List.of()),
            new LayerNode("a", "Linear", a, true, List.of("x")),
            new LayerNode("pass", "Pass", new Pass(false, ofPass), true, List.of("a")),
            new LayerNode("stop", "Pass", new Pass(true, null), true, List.of("pass")),
            shared
                ? new LayerNode("b", "Linear", a, true, List.of("x"), "a")
                : new LayerNode("b", "Linear", b, true, List.of("x")),
            new LayerNode("y", "Sum", new Sum(), true, List.of("stop", "b"))),
        List.of());
  }

  /** The weights after a step. */
  private static double[] train(Graph graph, Optimizer optimizer) {
    OptimizerArguments decay =
        new OptimizerArguments(DECAY, null, null, null, false, 0.99, null, null, null, 0, null);
    Objective objective =
        new Objective(
            List.of(new Objective.Output("y", new LinearModel.SquaredError(), 1, List.of())));
    SampleData data = LinearModel.data(graph, 8);
    try (Workers workers = new Workers(1)) {
      Network network = new Network(graph, Precision.FLOAT64, LinearModel.kernels(), 1);
      new Trainer(
              network,
              workers,
              objective,
              new Optimization(optimizer, decay, Semantics.KERAS3),
              new FitPlan(1, 8, false, 0, 1),
              data,
              null,
              List.of(),
              (name, checkpoint) -> {},
              new TrainingListener() {},
              () -> false)
          .fit();
      return network.parameters().memory().array().dup().data().asDouble();
    }
  }

  static List<Optimizer> optimizers() {
    return List.of(new AddsToElements(), new AddsToParameters());
  }

  private static double[] weights(double... ofKernels) {
    return Arrays.stream(ofKernels).flatMap(w -> Arrays.stream(new double[] {w, w, w})).toArray();
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void whatTheLossDoesNotDependOnStaysAsItIs(Optimizer optimizer) {
    assertArrayEquals(weights(FIRST, UPDATED), train(graph(null, null, false), optimizer));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void penaltiesAreWaysToTheLoss(Optimizer optimizer) {
    Regularizer penalty = new OptimizationTest.Square(0.25);
    assertArrayEquals(weights(UPDATED, UPDATED), train(graph(penalty, null, false), optimizer));
    assertArrayEquals(weights(UPDATED, UPDATED), train(graph(null, penalty, false), optimizer));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void oneOfSeveralCallsOfALayerIsEnough(Optimizer optimizer) {
    assertArrayEquals(weights(UPDATED), train(graph(null, null, true), optimizer));
  }
}
