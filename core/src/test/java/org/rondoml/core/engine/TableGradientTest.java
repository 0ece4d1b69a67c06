package org.rondoml.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.graph.LayerNode;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Dataset;
import org.rondoml.core.spi.ElementWiseOptimizer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.OptimizerArguments;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.Regularizer;
import org.rondoml.core.spi.Schedule;
import org.rondoml.core.spi.UnaryLayer;

/** What an optimizer is told of a table's gradient, in a model that adds up rows of a table. */
class TableGradientTest {
  private static final int ROWS = 150;
  private static final int COLUMNS = 2;
  private static final int TOKENS = 3;
  private static final int SAMPLES = 40;

  /** y = the sum of the table's rows that x names. */
  private record Table(@Nullable Regularizer penalty) implements UnaryLayer {
    @Override
    public Shape outputShape(Shape input) {
      return Shape.of(COLUMNS);
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
      return List.of(
          new ParameterSpec(
                  "table",
                  Shape.of(ROWS, COLUMNS),
                  (shape, random) -> {
                    double[] values = new double[(int) shape.size()];
                    Arrays.setAll(values, i -> random.nextGaussian());
                    return values;
                  })
              .with(penalty, null));
    }

    @Override
    public INDArray forward(LayerContext context, INDArray x) {
      int[] rows = context.plan("rows", int[].class, () -> new int[(int) x.length()]);
      INDArray y = context.scratch("y", context.batchSize(), COLUMNS);
      y.assign(0);
      for (int i = 0; i < rows.length; i++) {
        rows[i] = x.getInt(i / TOKENS, i % TOKENS);
        y.getRow(i / TOKENS).addi(context.parameter("table").array().getRow(rows[i]));
      }
      return y;
    }

    @Override
    public INDArray backward(LayerContext context, INDArray dy) {
      int[] rows = context.plan("rows", int[].class, () -> new int[0]);
      INDArray uses = context.scratch("uses", rows.length, COLUMNS);
      for (int i = 0; i < rows.length; i++) {
        uses.putRow(i, dy.getRow(i / TOKENS));
      }
      context.addRows("table", rows, context.dense("uses", uses), 0);
      return dy;
    }
  }

  /** Keeps what it is told in its slots, and leaves the weights alone. */
  private record Recorder() implements ElementWiseOptimizer {
    @Override
    public List<Slot> slots() {
      return List.of(new Slot("g"), new Slot("squares"), new Slot("sizes"), new Slot("unused"));
    }

    @Override
    public Schedule learningRate() {
      return step -> 1;
    }

    @Override
    public Rule step(long iteration, double learningRate) {
      return (w, g, slots) -> {
        g.blendSquare(slots.get(1), 0, 0.5);
        slots.get(1).add(slots.get(1), g.square(slots.get(2)).scale(slots.get(2), 0.5));
        g.abs(slots.get(2));
        slots.get(3).fill(g.isUnused() ? 1 : 0);
        slots.get(0).copy(g.value());
      };
    }
  }

  /**
   * A step.
   *
   * @param penalty a penalty on the table, which makes a plain gradient of it
   * @param apart whether uses count each by itself
   * @param table whether unused rows are told
   */
  private record Case(
      Semantics semantics,
      OptimizerArguments arguments,
      double penalty,
      boolean apart,
      boolean table) {}

  private static OptimizerArguments arguments(
      @Nullable Double value, @Nullable Double norm, @Nullable Double globalNorm) {
    return new OptimizerArguments(
        null, norm, value, globalNorm, false, 0.99, null, null, null, 0, null);
  }

  static List<Case> cases() {
    Semantics now = Semantics.KERAS3;
    Semantics then = Semantics.TF2;
    return List.of(
        new Case(now, OptimizerArguments.NONE, 0, true, true),
        new Case(now, arguments(0.02, null, null), 0, true, true),
        new Case(now, arguments(null, 0.1, null), 0, true, true),
        new Case(now, arguments(null, null, 0.1), 0, false, true),
        new Case(now, arguments(null, null, 1e9), 0, false, true),
        new Case(now, OptimizerArguments.NONE, 0.25, false, false),
        new Case(then, OptimizerArguments.NONE, 0, false, true),
        new Case(then, arguments(0.02, null, null), 0, false, true),
        new Case(then, arguments(null, 0.1, null), 0, false, true),
        new Case(then, arguments(null, null, 0.1), 0, false, true),
        new Case(then, OptimizerArguments.NONE, 0.25, false, false));
  }

  private static double[][] draw(String name, int columns) {
    RandomStream random = RandomStream.of(9).derive(name);
    double[][] drawn = new double[SAMPLES][columns];
    for (double[] row : drawn) {
      Arrays.setAll(
          row, k -> name.equals("x") ? random.nextBelow(ROWS / 3) : random.nextGaussian());
    }
    return drawn;
  }

  /** Trains a step and gives the optimizer's slots, and the table before. */
  private static double[][] run(Case given, int threads) {
    Regularizer penalty =
        given.penalty() == 0 ? null : new OptimizationTest.Square(given.penalty());
    Graph graph =
        Graph.of(
            List.of(
                new LayerNode(
                    "x", "Input", new LinearModel.Input(Shape.of(TOKENS)), true, List.of()),
                new LayerNode("table", "Table", new Table(penalty), true, List.of("x"))),
            List.of());
    SampleData data =
        SampleData.of(
            new Dataset(
                Map.of("x", Nd4j.createFromArray(draw("x", TOKENS))),
                List.of(Nd4j.createFromArray(draw("y", COLUMNS))),
                null,
                "made up"),
            graph,
            Precision.FLOAT64);
    Objective objective =
        new Objective(
            List.of(new Objective.Output("table", new LinearModel.SquaredError(), 1, List.of())));
    Checkpoint[] saved = new Checkpoint[1];
    try (Workers workers = new Workers(threads)) {
      Network network = new Network(graph, Precision.FLOAT64, LinearModel.kernels(), 1);
      new Trainer(
              network,
              workers,
              objective,
              new Optimization(new Recorder(), given.arguments(), given.semantics()),
              new FitPlan(1, SAMPLES, false, 0, 1),
              data,
              null,
              List.of(),
              (name, checkpoint) -> saved[0] = TrainerTest.copy(checkpoint),
              new TrainingListener() {},
              () -> false)
          .fit();
    }
    Checkpoint last = Objects.requireNonNull(saved[0]);
    double[][] arrays = new double[5][];
    for (int i = 0; i < 4; i++) {
      arrays[i] = last.slots().get(i).data().asDouble();
    }
    arrays[4] = last.weights().data().asDouble();
    return arrays;
  }

  /** The gradients of all uses, with their rows in front. */
  private static double[][] uses(double[] table) {
    double[][] x = draw("x", TOKENS);
    double[][] y = draw("y", COLUMNS);
    double[][] uses = new double[SAMPLES * TOKENS][1 + COLUMNS];
    for (int i = 0; i < SAMPLES; i++) {
      for (int k = 0; k < COLUMNS; k++) {
        double error = -y[i][k];
        for (double token : x[i]) {
          int row = (int) token;
          error += table[row * COLUMNS + k];
        }
        for (int t = 0; t < TOKENS; t++) {
          uses[i * TOKENS + t][0] = x[i][t];
          uses[i * TOKENS + t][1 + k] = 2 * error / SAMPLES;
        }
      }
    }
    return uses;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void tellsTheOptimizerWhatKerasWould(Case given) {
    double[][] found = run(given, 1);
    double[][] uses = uses(found[4]);
    OptimizerArguments limits = given.arguments();
    Double value = limits.clipvalue();
    Double norm = limits.clipnorm() != null ? limits.clipnorm() : limits.globalClipnorm();
    double square = 0;
    for (double[] use : uses) {
      for (int k = 1; k <= COLUMNS; k++) {
        use[k] = value == null ? use[k] : Math.max(-value, Math.min(value, use[k]));
        square += use[k] * use[k];
      }
    }
    double factor = norm == null ? 1 : Math.min(1, norm / Math.sqrt(square));
    double[][] expected = new double[4][ROWS * COLUMNS];
    Arrays.fill(expected[3], given.table() ? 1 : 0);
    for (double[] use : uses) {
      int row = (int) use[0];
      for (int k = 0; k < COLUMNS; k++) {
        int at = row * COLUMNS + k;
        double g = use[1 + k] * factor;
        expected[0][at] += g;
        expected[1][at] += g * g;
        expected[2][at] += Math.abs(g);
        expected[3][at] = 0;
      }
    }
    for (int at = 0; at < ROWS * COLUMNS; at++) {
      expected[0][at] += 2 * given.penalty() * found[4][at];
      if (!given.apart()) {
        expected[1][at] = expected[0][at] * expected[0][at];
        expected[2][at] = Math.abs(expected[0][at]);
      }
    }
    for (int i = 0; i < 4; i++) {
      assertArrayEquals(expected[i], found[i], 1e-14, "slot " + i);
    }
    assertEquals(given.table() ? 1 : 0, found[3][ROWS * COLUMNS - 1]);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void doesNotDependOnThreads(Case given) {
    double[][] one = run(given, 1);
    double[][] three = run(given, 3);
    for (int i = 0; i < one.length; i++) {
      assertArrayEquals(one[i], three[i]);
    }
  }
}
