package org.rondoml.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Precision;
import org.rondoml.api.Shape;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.graph.LayerNode;
import org.rondoml.core.spi.ElementWiseOptimizer;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.Regularizer;
import org.rondoml.core.spi.Schedule;
import org.rondoml.core.spi.UnaryLayer;

/** The penalties on what layers put out, in a model y = x A B of several shards. */
class ActivityPenaltiesTest {
  private static final int SAMPLES = 75;
  private static final double OF_HIDDEN = 0.25;
  private static final double OF_OUTPUT = 0.125;

  /** A linear layer whose outputs are penalized. */
  private record Watched(LinearModel.Linear linear, Regularizer penalty) implements UnaryLayer {
    @Override
    public Shape outputShape(Shape input) {
      return linear.outputShape(input);
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
      return linear.parameters(input);
    }

    @Override
    public Optional<Regularizer> activityRegularizer() {
      return Optional.of(penalty);
    }

    @Override
    public INDArray forward(LayerContext context, INDArray x) {
      return linear.forward(context, x);
    }

    @Override
    public INDArray backward(LayerContext context, INDArray dy) {
      return linear.backward(context, dy);
    }
  }

  /** The same, served by the layer itself, as that of a layer inside it. */
  private record Serving(LinearModel.Linear linear, Regularizer penalty) implements UnaryLayer {
    @Override
    public Shape outputShape(Shape input) {
      return linear.outputShape(input);
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
      return linear.parameters(input).stream().map(p -> p.nested("inner", "")).toList();
    }

    private static LayerContext inner(LayerContext context) {
      return context.nested("inner", context.batchSize(), List.of(), List.of(true));
    }

    @Override
    public INDArray forward(LayerContext context, INDArray x) {
      LayerContext inner = inner(context);
      INDArray y = linear.forward(inner, x);
      inner.addPenalty(penalty.penalty(inner.dense("y", y)) / inner.wholeBatchSize());
      return context.scratchLike("kept", y).assign(y);
    }

    @Override
    public INDArray backward(LayerContext context, INDArray dy) {
      INDArray y = context.scratchLike("kept", dy);
      INDArray all = context.scratchLike("all", dy).assign(dy);
      penalty.addGradient(
          context.dense("kept", y), 1.0 / context.wholeBatchSize(), context.dense("all", all), 0);
      return linear.backward(inner(context), all);
    }
  }

  /** w = w - g: a step is the gradient. */
  private record Step() implements ElementWiseOptimizer {
    @Override
    public List<Slot> slots() {
      return List.of();
    }

    @Override
    public Schedule learningRate() {
      return step -> 1;
    }

    @Override
    public Rule step(long iteration, double learningRate) {
      return (w, g, slots) -> w.subtract(w, g.value());
    }
  }

  private static Graph graph(boolean serving) {
    LinearModel.Linear linear = new LinearModel.Linear(2, 0, null, null);
    Regularizer ofHidden = new OptimizationTest.Square(OF_HIDDEN);
    Layer hidden = serving ? new Serving(linear, ofHidden) : new Watched(linear, ofHidden);
    Watched output =
        new Watched(
            new LinearModel.Linear(1, 0, null, null), new OptimizationTest.Square(OF_OUTPUT));
    return Graph.of(
        List.of(
            new LayerNode("x", "Input", new LinearModel.Input(Shape.of(3)), true, List.of()),
            new LayerNode("hidden", "Watched", hidden, true, List.of("x")),
            new LayerNode("linear", "Watched", output, true, List.of("hidden"))),
        List.of());
  }

  /** The loss for A, three rows of two, and B. */
  private static double loss(double[] w) {
    double[][] x = LinearModel.x(SAMPLES);
    double[][] y = LinearModel.y(x);
    double loss = 0;
    for (int i = 0; i < SAMPLES; i++) {
      double out = 0;
      for (int j = 0; j < 2; j++) {
        double hidden = 0;
        for (int k = 0; k < 3; k++) {
          hidden += x[i][k] * w[2 * k + j];
        }
        loss += OF_HIDDEN * hidden * hidden / SAMPLES;
        out += hidden * w[6 + j];
      }
      loss += (Math.pow(out - y[i][0], 2) + OF_OUTPUT * out * out) / SAMPLES;
    }
    return loss;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void areInTheLossAndInTheGradients(boolean serving) {
    Graph graph = graph(serving);
    double[] before = new double[8];
    Arrays.fill(before, 0.5);
    try (Workers workers = new Workers(2)) {
      Network network = new Network(graph, Precision.FLOAT64, LinearModel.kernels(), 1);
      Trainer trainer =
          new Trainer(
              network,
              workers,
              LinearModel.objective(),
              Optimization.of(new Step()),
              new FitPlan(1, SAMPLES, false, 0, 1),
              LinearModel.data(graph, SAMPLES),
              LinearModel.data(graph, SAMPLES),
              List.of(),
              (name, checkpoint) -> {},
              new TrainingListener() {},
              () -> false);
      trainer.fit();

      assertEquals(
          loss(before),
          Objects.requireNonNull(trainer.history().values().get("loss")).get(0),
          1e-12);
      double[] after = network.parameters().memory().array().dup().data().asDouble();
      assertEquals(
          loss(after),
          Objects.requireNonNull(trainer.history().values().get("val_loss")).get(0),
          1e-12 * loss(after));
      for (int k = 0; k < 8; k++) {
        double[] w = before.clone();
        w[k] += 1e-5;
        double above = loss(w);
        w[k] -= 2e-5;
        double gradient = (above - loss(w)) / 2e-5;
        assertEquals(gradient, before[k] - after[k], 1e-8, "w[" + k + "]");
      }
    }
  }
}
