package org.rondoml.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.History;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Constraint;
import org.rondoml.core.spi.ElementWiseOptimizer;
import org.rondoml.core.spi.Optimizer;
import org.rondoml.core.spi.OptimizerArguments;
import org.rondoml.core.spi.Regularizer;
import org.rondoml.core.spi.Schedule;

/** What goes on around an optimizer's rule, against the same written out for three weights. */
class OptimizationTest {
  private static final int SAMPLES = 75;
  private static final int BATCH = 32;
  private static final int EPOCHS = 3;

  /** Momentum that is of before Keras 2.11. */
  private record Legacy(LinearModel.Momentum rule) implements ElementWiseOptimizer {
    @Override
    public List<Slot> slots() {
      return rule.slots();
    }

    @Override
    public Schedule learningRate() {
      return rule.learningRate();
    }

    @Override
    public boolean isLegacy() {
      return true;
    }

    @Override
    public Rule step(long iteration, double learningRate) {
      return rule.step(iteration, learningRate);
    }
  }

  /** factor · sum w². */
  record Square(double factor) implements Regularizer {
    @Override
    public double penalty(Memory values) {
      return factor * Math.pow(values.array().norm2Number().doubleValue(), 2);
    }

    @Override
    public void addGradient(Memory values, double scale, Memory gradient, long offset) {
      for (long i = 0; i < values.length(); i++) {
        double sum = gradient.array().getDouble(offset + i);
        gradient
            .array()
            .putScalar(offset + i, sum + 2 * scale * factor * values.array().getDouble(i));
      }
    }
  }

  /** Nine tenths of everything: to be seen as often as it is applied. */
  private record Shrink() implements Constraint {
    @Override
    public void apply(Memory parameter, Memory scratch) {
      parameter.array().muli(0.9);
    }
  }

  /** A training: what is asked for around the rule, and of the weights. */
  private record Case(
      Semantics semantics,
      boolean legacy,
      OptimizerArguments arguments,
      double penalty,
      boolean constrained) {
    Optimization optimization() {
      LinearModel.Momentum momentum = new LinearModel.Momentum(0.05);
      Optimizer optimizer = legacy ? new Legacy(momentum) : momentum;
      return new Optimization(optimizer, arguments, semantics);
    }

    Graph graph() {
      Regularizer regularizer = penalty == 0 ? null : new Square(penalty);
      Constraint constraint = constrained ? new Shrink() : null;
      return LinearModel.graph(new LinearModel.Linear(1, 0, regularizer, constraint), true);
    }
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    RandomStream random = RandomStream.of(3);
    for (int i = 0; i < 32; i++) {
      boolean legacy = i % 4 == 0;
      int clip = (int) random.nextBelow(legacy ? 6 : 4);
      boolean average = !legacy && random.nextBelow(2) == 0;
      boolean overwrites = average && random.nextBelow(2) == 0;
      boolean keras3 = !legacy && i % 4 != 1;
      int steps = keras3 ? 1 + (int) random.nextBelow(3) : 1;
      OptimizerArguments arguments =
          new OptimizerArguments(
              !legacy && random.nextBelow(2) == 0 ? 0.25 : null,
              clip == 1 || clip == 4 ? 0.5 : null,
              clip == 2 || clip > 3 ? 0.75 : null,
              clip == 3 || clip == 5 ? 0.4 : null,
              average,
              average ? 0.7 : 0.99,
              overwrites ? 2 : null,
              null,
              steps == 1 ? null : steps,
              legacy ? 0.125 : 0,
              null);
      Semantics semantics = keras3 ? Semantics.KERAS3 : Semantics.TF2;
      double penalty = random.nextBelow(2) == 0 ? 0 : 0.05;
      cases.add(new Case(semantics, legacy, arguments, penalty, random.nextBelow(3) == 0));
    }
    return cases;
  }

  /** The same training for three weights, step by step. */
  private static final class WrittenOut {
    private final Case given;
    private final double[][] x = LinearModel.x(SAMPLES);
    private final double[][] y = LinearModel.y(x);
    private final double[] w = {0.5, 0.5, 0.5};
    private final double[] m = new double[3];
    private final double[] sum = new double[3];
    private final double[] average = new double[3];
    private final List<Double> losses = new ArrayList<>();

    WrittenOut(Case given) {
      this.given = given;
      OptimizerArguments a = given.arguments();
      if (given.semantics() != Semantics.KERAS3) {
        System.arraycopy(w, 0, average, 0, 3);
      }
      int iteration = 0;
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        double total = 0;
        for (int start = 0; start < SAMPLES; start += BATCH) {
          int end = Math.min(SAMPLES, start + BATCH);
          double[] g = new double[3];
          total += (end - start) * loss(start, end, g);
          int every = a.gradientAccumulationSteps() == null ? 1 : a.gradientAccumulationSteps();
          for (int k = 0; k < 3; k++) {
            sum[k] += g[k];
          }
          if ((iteration + 1) % every == 0) {
            double[] mean = IntStream.range(0, 3).mapToDouble(k -> sum[k] / every).toArray();
            Arrays.fill(sum, 0);
            update(clipped(mean, a), 0.05 / (1 + 0.1 * iteration), iteration);
          }
          int updates = iteration / every;
          if (a.useEma()) {
            boolean first = updates == 0 && given.semantics() == Semantics.KERAS3;
            double keep = first ? 0 : a.emaMomentum();
            Integer frequency = a.emaOverwriteFrequency();
            for (int k = 0; k < 3; k++) {
              average[k] = keep * average[k] + (1 - keep) * w[k];
              if (frequency != null && (updates + 1) % frequency == 0) {
                w[k] = average[k];
              }
            }
          }
          for (int k = 0; k < 3 && given.constrained(); k++) {
            w[k] *= 0.9;
          }
          iteration++;
        }
        losses.add(total / SAMPLES);
      }
      if (a.useEma()) {
        System.arraycopy(average, 0, w, 0, 3);
      }
    }

    private double loss(int start, int end, double[] g) {
      double loss = 0;
      for (int i = start; i < end; i++) {
        double error = x[i][0] * w[0] + x[i][1] * w[1] + x[i][2] * w[2] - y[i][0];
        loss += error * error / (end - start);
        for (int k = 0; k < 3; k++) {
          g[k] += 2 * error * x[i][k] / (end - start);
        }
      }
      for (int k = 0; k < 3; k++) {
        loss += given.penalty() * w[k] * w[k];
        g[k] += 2 * given.penalty() * w[k];
      }
      return loss;
    }

    private static double[] clipped(double[] g, OptimizerArguments a) {
      double[] result = g;
      if (a.clipvalue() != null) {
        double limit = a.clipvalue();
        result = Arrays.stream(g).map(v -> Math.max(-limit, Math.min(limit, v))).toArray();
      }
      Double limit = a.clipnorm() != null ? a.clipnorm() : a.globalClipnorm();
      if (limit != null) {
        double norm = Math.sqrt(Arrays.stream(result).map(v -> v * v).sum());
        result = Arrays.stream(result).map(v -> v * Math.min(1, limit / norm)).toArray();
      }
      return result;
    }

    private void update(double[] g, double scheduled, int iteration) {
      double rate = scheduled;
      if (given.legacy()) {
        double rounded = (float) scheduled;
        rate = rounded / (1 + given.arguments().decay() * iteration);
      }
      Double decay = given.arguments().weightDecay();
      for (int k = 0; k < 3; k++) {
        w[k] -= w[k] * rate * (decay == null ? 0 : decay);
        m[k] = 0.9 * m[k] - rate * g[k];
        w[k] += m[k];
      }
    }
  }

  /** A training that can be stopped and resumed. */
  private static final class Run {
    private final Network network;
    private final Workers workers;
    private final Trainer trainer;
    private int stepsLeft;
    private @Nullable Checkpoint saved;

    Run(Case given, int threads, int steps) {
      this(given.graph(), given.optimization(), LinearModel.objective(), threads, steps);
    }

    Run(Graph graph, Optimization optimization, Objective objective, int threads, int steps) {
      stepsLeft = steps;
      network = new Network(graph, Precision.FLOAT64, LinearModel.kernels(), 1);
      workers = new Workers(threads);
      trainer =
          new Trainer(
              network,
              workers,
              objective,
              optimization,
              new FitPlan(EPOCHS, BATCH, false, 0, 1),
              LinearModel.data(graph, SAMPLES),
              LinearModel.data(graph, 20),
              List.of(),
              (name, checkpoint) -> saved = TrainerTest.copy(checkpoint),
              new TrainingListener() {},
              () -> --stepsLeft == 0);
    }

    double[] fit() {
      try (workers) {
        trainer.fit();
      }
      return weights();
    }

    double[] weights() {
      return network.weights().get(0).value().dup().data().asDouble();
    }

    History history() {
      return trainer.history();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void trainsAsTheRuleWrittenOutDoes(Case given) {
    Run run = new Run(given, 2, -1);
    double[] found = run.fit();

    WrittenOut expected = new WrittenOut(given);
    assertArrayEquals(expected.w, found, 1e-12);
    List<Double> losses = Objects.requireNonNull(run.history().values().get("loss"));
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      assertEquals(expected.losses.get(epoch), losses.get(epoch), 1e-12);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void endsWithTheSameBitsAfterAStop(Case given) {
    double[] whole = new Run(given, 1, -1).fit();
    for (int steps = 1; steps < 9; steps += 3) {
      Run stopped = new Run(given, 2, steps);
      stopped.fit();
      Run resumed = new Run(given, 1, -1);
      resumed.trainer.restore(Objects.requireNonNull(stopped.saved));
      assertArrayEquals(whole, resumed.fit(), "stopped after " + steps);
    }
  }

  /** Parameters of several stretches, so that norms are sums over threads' parts. */
  @Test
  void normsOfLargeParametersDoNotDependOnThreads() {
    Graph graph = LinearModel.graph(new LinearModel.Linear(50_000, 0, null, null), true);
    Network network = new Network(graph, Precision.FLOAT64, LinearModel.kernels(), 1);
    List<double[]> found = new ArrayList<>();
    for (int threads = 1; threads <= 3; threads++) {
      RandomStream random = RandomStream.of(5);
      double[] drawn = new double[150_000];
      Arrays.setAll(drawn, k -> random.nextGaussian());
      Memory gradients = Memory.of(Nd4j.createFromArray(drawn));
      try (Workers workers = new Workers(threads)) {
        GradientClipping clipping =
            GradientClipping.of(
                clipping(0.25, null, null), network.parameters(), gradients, workers);
        Objects.requireNonNull(clipping).clip(List.of(), new StepTimes());
      }
      found.add(gradients.array().data().asDouble());
      double norm = Math.sqrt(Arrays.stream(drawn).map(g -> g * g).sum());
      for (int k = 0; k < drawn.length; k++) {
        assertEquals(drawn[k] * 0.25 / norm, found.get(threads - 1)[k], 1e-15);
      }
    }
    assertArrayEquals(found.get(0), found.get(1));
    assertArrayEquals(found.get(0), found.get(2));
  }

  @Test
  void evaluationCountsPenalties() {
    Case given = new Case(Semantics.KERAS3, false, OptimizerArguments.NONE, 0.5, false);
    Run run = new Run(given, 2, -1);
    double[] w = run.fit();

    double[][] x = LinearModel.x(20);
    double[][] y = LinearModel.y(x);
    double expected = 0;
    for (int i = 0; i < 20; i++) {
      double error = x[i][0] * w[0] + x[i][1] * w[1] + x[i][2] * w[2] - y[i][0];
      expected += error * error / 20;
    }
    expected += 0.5 * (w[0] * w[0] + w[1] * w[1] + w[2] * w[2]);
    Map<String, List<Double>> history = run.history().values();
    assertEquals(expected, Objects.requireNonNull(history.get("val_loss")).get(EPOCHS - 1), 1e-12);
  }

  /** Keras 3 leaves the penalties of frozen layers out; tf_keras counts them. */
  @Test
  void frozenParametersArePenalizedBeforeKeras3() {
    Graph graph = LinearModel.graph(new LinearModel.Linear(1, 0, new Square(2), null), false);
    List<Objective.Output> outputs = LinearModel.objective().outputs();
    double[] losses = new double[2];
    for (int i = 0; i < 2; i++) {
      Objective objective = new Objective(outputs, i == 1 ? Semantics.TF2 : Semantics.KERAS3);
      Optimization optimization = Optimization.of(new LinearModel.Momentum(0.05));
      Run run = new Run(graph, optimization, objective, 1, -1);
      assertArrayEquals(new double[] {0.5, 0.5, 0.5}, run.fit());
      losses[i] = Objects.requireNonNull(run.history().values().get("loss")).get(0);
    }
    assertEquals(2 * 3 * 0.25, losses[1] - losses[0], 1e-12);
  }

  private static OptimizerArguments clipping(
      @Nullable Double norm, @Nullable Double value, @Nullable Double globalNorm) {
    return new OptimizerArguments(
        null, norm, value, globalNorm, false, 0.99, null, null, null, 0, null);
  }

  @Test
  void refusesTwoWaysToClip() {
    Optimizer optimizer = new LinearModel.Momentum(0.05);
    ConfigException error =
        assertThrows(
            ConfigException.class,
            () -> new Optimization(optimizer, clipping(1.0, 1.0, null), Semantics.KERAS3));
    assertEquals("clipnorm", error.key());
    assertEquals(
        "clipvalue is set as well, and gradients are clipped in one of these ways only: keep one of"
            + " clipvalue, clipnorm, global_clipnorm",
        error.getMessage());
  }

  @Test
  void refusesTwoNormsBeforeKeras3() {
    Optimizer optimizer = new Legacy(new LinearModel.Momentum(0.05));
    ConfigException error =
        assertThrows(
            ConfigException.class,
            () -> new Optimization(optimizer, clipping(1.0, 1.0, 1.0), Semantics.TF2));
    assertEquals("global_clipnorm", error.key());
    assertEquals(
        "clipnorm is set as well, and gradients are clipped in one of these ways only: keep one of"
            + " clipnorm, global_clipnorm",
        error.getMessage());
  }

  @Test
  void refusesArgumentsOfAnAverageThatIsNotKept() {
    ConfigException frequency =
        assertThrows(
            ConfigException.class,
            () ->
                new OptimizerArguments(
                    null, null, null, null, false, 0.99, 2, null, null, 0, null));
    assertEquals("ema_overwrite_frequency", frequency.key());
    assertEquals(
        "has no effect without a moving average of the weights: set use_ema: true, or drop it",
        frequency.getMessage());
    ConfigException momentum =
        assertThrows(
            ConfigException.class,
            () ->
                new OptimizerArguments(
                    null, null, null, null, false, 0.5, null, null, null, 0, null));
    assertEquals("ema_momentum", momentum.key());
  }

  @Test
  void countsWhatIsKeptBetweenSteps() {
    Graph graph = LinearModel.graph(0);
    OptimizerArguments arguments =
        new OptimizerArguments(null, null, null, null, true, 0.9, null, null, 2, 0, null);
    assertEquals(
        3 * 3,
        new Optimization(new LinearModel.Momentum(0.05), arguments, Semantics.KERAS3)
            .keptElements(graph));
    assertEquals(3, Optimization.of(new LinearModel.Momentum(0.05)).keptElements(graph));
  }

  @Test
  void checkpointsHoldSumAndAverage() {
    OptimizerArguments arguments =
        new OptimizerArguments(null, null, null, null, true, 0.9, null, null, 2, 0, null);
    Case given = new Case(Semantics.KERAS3, false, arguments, 0, false);
    Run run = new Run(given, 1, 1);
    run.fit();
    List<INDArray> slots = Objects.requireNonNull(run.saved).slots();
    assertEquals(3, slots.size());
    assertArrayEquals(new double[3], slots.get(0).data().asDouble());
    assertArrayEquals(run.weights(), slots.get(2).data().asDouble(), 1e-15);
  }
}
