package org.rondoml.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.DataException;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.Padding;
import org.rondoml.core.spi.Reduction;
import org.rondoml.core.spi.Scope;

/**
 * One step of training on sequences, y = w x with w = 1/2, against the sums written out: {@code w -
 * rate · d loss / d w}. The batch is cut into several shards, with other numbers of masked steps
 * each.
 */
class SequenceLossTest {
  private static final int SAMPLES = 70;
  private static final double RATE = 0.05;

  private final double[][] x = SequenceModel.x(SAMPLES);
  private final double[][] y = SequenceModel.y(SAMPLES);
  private @Nullable Padding padding;

  /** What a step has found: the loss, the metrics and the weight after it. */
  private record Outcome(List<Double> logs, double weight) {}

  private Outcome train(
      int threads,
      boolean masks,
      Loss loss,
      Reduction reduction,
      @Nullable INDArray weights,
      Semantics semantics,
      List<Metric> metrics) {
    Graph graph = SequenceModel.graph(masks);
    try (Workers workers = new Workers(threads)) {
      SampleData data = SequenceModel.data(graph, x, y, weights, padding);
      Objective objective =
          new Objective(
                  List.of(new Objective.Output("times", loss, reduction, 1, metrics, metrics)),
                  semantics)
              .resolve(graph, data);
      Network network = new Network(graph, Precision.FLOAT64, LinearModel.kernels(), 1);
      Trainer trainer =
          new Trainer(
              network,
              workers,
              objective,
              Optimization.of(new LinearModel.Momentum(RATE)),
              new FitPlan(1, SAMPLES, false, 0, 1),
              data,
              null,
              List.of(),
              (name, checkpoint) -> {},
              new TrainingListener() {},
              () -> false);
      trainer.fit();
      List<Double> logs =
          objective.logNames().stream().map(n -> trainer.history().get(n).get(0)).toList();
      return new Outcome(logs, network.weights().get(0).value().getDouble(0));
    }
  }

  private Outcome train(boolean masks, Loss loss, Reduction reduction, @Nullable INDArray weights) {
    return train(2, masks, loss, reduction, weights, Semantics.KERAS3, List.of());
  }

  /** A function of a step. */
  private interface OfStep {
    double of(int sample, int step);
  }

  private static double sum(OfStep function) {
    double sum = 0;
    for (int i = 0; i < SAMPLES; i++) {
      for (int t = 0; t < SequenceModel.STEPS; t++) {
        sum += function.of(i, t);
      }
    }
    return sum;
  }

  private double valid(int i, int t) {
    return x[i][t] != 0 ? 1 : 0;
  }

  private double square(int i, int t) {
    return Math.pow(0.5 * x[i][t] - y[i][t], 2);
  }

  private double slope(int i, int t) {
    return 2 * (0.5 * x[i][t] - y[i][t]) * x[i][t];
  }

  private static void assertStep(double loss, double slope, Outcome found) {
    assertEquals(loss, found.logs().get(0), 1e-12);
    assertEquals(0.5 - RATE * slope, found.weight(), 1e-12);
  }

  @Test
  void maskedStepsDoNotCount() {
    double count = sum(this::valid);
    assertStep(
        sum((i, t) -> valid(i, t) * square(i, t)) / count,
        sum((i, t) -> valid(i, t) * slope(i, t)) / count,
        train(true, new LinearModel.SquaredError(), Reduction.SUM_OVER_BATCH_SIZE, null));
    assertStep(
        sum((i, t) -> valid(i, t) * square(i, t)),
        sum((i, t) -> valid(i, t) * slope(i, t)),
        train(true, new LinearModel.SquaredError(), Reduction.SUM, null));
  }

  @Test
  void allStepsCountWithoutAMask() {
    double count = SAMPLES * SequenceModel.STEPS;
    assertStep(
        sum(this::square) / count,
        sum(this::slope) / count,
        train(false, new LinearModel.SquaredError(), Reduction.SUM_OVER_BATCH_SIZE, null));
  }

  private static double weight(int i, int t) {
    return 1 + i % 3 + 0.5 * t;
  }

  private static INDArray stepWeights() {
    double[][] weights = new double[SAMPLES][SequenceModel.STEPS];
    for (int i = 0; i < SAMPLES; i++) {
      for (int t = 0; t < SequenceModel.STEPS; t++) {
        weights[i][t] = weight(i, t);
      }
    }
    return Nd4j.createFromArray(weights);
  }

  @Test
  void stepsHaveTheirWeights() {
    Loss loss = new LinearModel.SquaredError();
    double all = SAMPLES * SequenceModel.STEPS;
    assertStep(
        sum((i, t) -> weight(i, t) * square(i, t)) / all,
        sum((i, t) -> weight(i, t) * slope(i, t)) / all,
        train(false, loss, Reduction.SUM_OVER_BATCH_SIZE, stepWeights()));
    double count = sum(this::valid);
    assertStep(
        sum((i, t) -> valid(i, t) * weight(i, t) * square(i, t)) / count,
        sum((i, t) -> valid(i, t) * weight(i, t) * slope(i, t)) / count,
        train(true, loss, Reduction.SUM_OVER_BATCH_SIZE, stepWeights()));
    double weights = sum((i, t) -> valid(i, t) * weight(i, t));
    assertStep(
        sum((i, t) -> valid(i, t) * weight(i, t) * square(i, t)) / weights,
        sum((i, t) -> valid(i, t) * weight(i, t) * slope(i, t)) / weights,
        train(true, loss, Reduction.MEAN_WITH_SAMPLE_WEIGHT, stepWeights()));
  }

  /** Weights of shape (samples, 1): {@code ops.sum(sample_weight)} sees each once. */
  @Test
  void aWeightForAllStepsOfASampleIsSummedOnce() {
    double[][] column = new double[SAMPLES][1];
    double total = 0;
    for (int i = 0; i < SAMPLES; i++) {
      column[i][0] = weight(i, 0);
      total += weight(i, 0);
    }
    assertStep(
        sum((i, t) -> weight(i, 0) * square(i, t)) / total,
        sum((i, t) -> weight(i, 0) * slope(i, t)) / total,
        train(
            false,
            new LinearModel.SquaredError(),
            Reduction.MEAN_WITH_SAMPLE_WEIGHT,
            Nd4j.createFromArray(column)));
  }

  @Test
  void theNumberOfThreadsChangesNoBit() {
    for (boolean masks : new boolean[] {true, false}) {
      Outcome one = outcome(1, masks);
      assertEquals(one, outcome(2, masks));
      assertEquals(one, outcome(5, masks));
    }
  }

  private Outcome outcome(int threads, boolean masks) {
    return train(
        threads,
        masks,
        new Relative(0),
        Reduction.SUM_OVER_BATCH_SIZE,
        stepWeights(),
        Semantics.KERAS3,
        List.of(new Mean("a", true), new Mean("b", false)));
  }

  /** The mean output, with or without masked steps. */
  private record Mean(String name, boolean heedsMask) implements Metric {
    @Override
    public State start() {
      return new State() {
        private final double[] sums = new double[2];

        @Override
        public void add(Vec target, Vec output, double weight) {
          sums[0] += weight * output.get(0);
          sums[1] += weight;
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

  @Test
  void metricsLeaveOutMaskedStepsAndOnlyWeightedOnesHaveWeights() {
    Outcome found =
        train(
            2,
            true,
            new LinearModel.SquaredError(),
            Reduction.SUM,
            stepWeights(),
            Semantics.KERAS3,
            List.of(new Mean("a", true), new Mean("b", false)));
    OfStep output = (i, t) -> 0.5 * x[i][t];
    assertArrayEquals(
        new double[] {
          sum((i, t) -> valid(i, t) * output.of(i, t)) / sum(this::valid),
          sum(output) / (SAMPLES * SequenceModel.STEPS),
          sum((i, t) -> valid(i, t) * weight(i, t) * output.of(i, t))
              / sum((i, t) -> valid(i, t) * weight(i, t)),
          sum((i, t) -> weight(i, t) * output.of(i, t)) / sum(SequenceLossTest::weight)
        },
        found.logs().stream().skip(1).mapToDouble(d -> d).toArray(),
        1e-12);
  }

  /** Puts -9 where x is 0: behind the last step of a sequence. */
  private void pad() {
    int[] lengths = new int[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      for (int t = 0; t < SequenceModel.STEPS; t++) {
        lengths[i] += x[i][t] != 0 ? 1 : 0;
        x[i][t] = x[i][t] != 0 ? x[i][t] : -9;
      }
    }
    padding = Padding.of(SequenceModel.STEPS, -9, new int[SAMPLES], lengths);
  }

  private double own(int i, int t) {
    return x[i][t] != -9 ? 1 : 0;
  }

  /** No layer masks anything, and none of the metrics heeds masks but the first. */
  @Test
  void paddingCountsNowhere() {
    pad();
    double count = sum(this::own);
    Loss loss = new LinearModel.SquaredError();
    assertStep(
        sum((i, t) -> own(i, t) * square(i, t)) / count,
        sum((i, t) -> own(i, t) * slope(i, t)) / count,
        train(false, loss, Reduction.SUM_OVER_BATCH_SIZE, null));
    double unit = sum((i, t) -> own(i, t) * y[i][t] * y[i][t]) / count;
    assertStep(
        sum((i, t) -> own(i, t) * square(i, t)) / count / unit,
        sum((i, t) -> own(i, t) * slope(i, t)) / count / unit,
        train(false, new Relative(0), Reduction.SUM_OVER_BATCH_SIZE, null));
    Outcome found =
        train(
            2,
            false,
            loss,
            Reduction.SUM,
            stepWeights(),
            Semantics.KERAS3,
            List.of(new Mean("a", true), new Mean("b", false)));
    double plain = sum((i, t) -> own(i, t) * 0.5 * x[i][t]) / count;
    double weighted =
        sum((i, t) -> own(i, t) * weight(i, t) * 0.5 * x[i][t])
            / sum((i, t) -> own(i, t) * weight(i, t));
    assertArrayEquals(
        new double[] {plain, plain, weighted, weighted},
        found.logs().stream().skip(1).mapToDouble(d -> d).toArray(),
        1e-12);
  }

  @Test
  void aStepThatLooksLikePaddingIsRefused() {
    pad();
    x[7][0] = -9;
    assertEquals(
        "made up: sample 7, step 0: all features are -9.0, as those of padding are, so that layers"
            + " couldn't tell the two apart: pad with another value, which Masking needs as well",
        assertThrows(
                DataException.class,
                () -> train(false, new LinearModel.SquaredError(), Reduction.SUM, null))
            .getMessage());
  }

  /** The squared error in units of the mean square of the batch's targets. */
  private record Relative(double unit) implements Loss {
    @Override
    public void check(Shape target, Shape output) {}

    @Override
    public int sums() {
      return 2;
    }

    @Override
    public void gather(Vec target, Vec output, double[] sums) {
      sums[0] += target.dot(target);
      sums[1]++;
    }

    @Override
    public Loss given(double[] sums) {
      return new Relative(sums[0] / sums[1]);
    }

    @Override
    public double value(Vec target, Vec output) {
      return Math.pow(output.get(0) - target.get(0), 2) / unit;
    }

    @Override
    public void gradient(Vec target, Vec output, Vec gradient) {
      gradient.set(0, 2 * (output.get(0) - target.get(0)) / unit);
    }
  }

  @Test
  void aLossMayKnowSumsOverTheBatch() {
    double count = SAMPLES * SequenceModel.STEPS;
    double unit = sum((i, t) -> y[i][t] * y[i][t]) / count;
    assertStep(
        sum(this::square) / count / unit,
        sum(this::slope) / count / unit,
        train(false, new Relative(0), Reduction.SUM_OVER_BATCH_SIZE, null));
  }

  /** The squared error of a whole sequence, or of the whole batch. */
  private record Whole(Scope scope, double sum) implements Loss {
    @Override
    public void check(Shape target, Shape output) {}

    @Override
    public int sums() {
      return scope == Scope.BATCH ? 1 : 0;
    }

    @Override
    public void gather(Vec target, Vec output, double[] sums) {
      sums[0] += scope == Scope.BATCH ? squares(target, output) : 0;
    }

    @Override
    public Loss given(double[] sums) {
      return new Whole(scope, sums[0]);
    }

    private static double squares(Vec target, Vec output) {
      double sum = 0;
      for (int t = 0; t < SequenceModel.STEPS; t++) {
        sum += Math.pow(output.get(t) - target.get(t), 2);
      }
      return sum;
    }

    @Override
    public double value(Vec target, Vec output) {
      return scope == Scope.BATCH ? sum : squares(target, output);
    }

    @Override
    public void gradient(Vec target, Vec output, Vec gradient) {
      gradient.subtract(output, target);
      gradient.scale(gradient, 2);
    }
  }

  @Test
  void aLossMaySeeWholeSamplesOrTheWholeBatch() {
    assertStep(
        sum(this::square) / SAMPLES,
        sum(this::slope) / SAMPLES,
        train(false, new Whole(Scope.SAMPLE, 0), Reduction.SUM_OVER_BATCH_SIZE, null));
    assertStep(
        sum(this::square),
        sum(this::slope),
        train(false, new Whole(Scope.BATCH, 0), Reduction.SUM_OVER_BATCH_SIZE, null));
    double[] weights = new double[SAMPLES];
    double total = 0;
    for (int i = 0; i < SAMPLES; i++) {
      weights[i] = weight(i, 0);
      total += weights[i];
    }
    assertStep(
        sum((i, t) -> weight(i, 0) * square(i, t)) / SAMPLES,
        sum((i, t) -> weight(i, 0) * slope(i, t)) / SAMPLES,
        train(
            false,
            new Whole(Scope.SAMPLE, 0),
            Reduction.SUM_OVER_BATCH_SIZE,
            Nd4j.createFromArray(weights)));
    assertStep(
        sum(this::square) * total / SAMPLES,
        sum(this::slope) * total / SAMPLES,
        train(
            false,
            new Whole(Scope.BATCH, 0),
            Reduction.SUM_OVER_BATCH_SIZE,
            Nd4j.createFromArray(weights)));
  }

  @Test
  void aMaskOfStepsIsRefusedWhereTheLossHasNone() {
    assertEquals(
        "made up: output 'times' is masked, with steps of shape (5), but its loss gives one number a"
            + " sample: give the targets the shape of the output, or end the mask before it (by a"
            + " layer such as Flatten)",
        assertThrows(
                DataException.class,
                () -> train(true, new Whole(Scope.SAMPLE, 0), Reduction.SUM_OVER_BATCH_SIZE, null))
            .getMessage());
  }
}
