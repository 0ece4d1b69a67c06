package org.rondoml.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Precision;
import org.rondoml.api.TrainingException;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.spi.Callback;

class TrainerTest {
  private static final int SAMPLES = 75;
  private static final int HELD_OUT = 20;

  /** A training that is ready to run. */
  private static final class Setup {
    private final Graph graph;
    private final Network network;
    private final Trainer trainer;
    private final Workers workers;
    private @Nullable Checkpoint saved;

    private Setup(
        long seed,
        int threads,
        double noise,
        FitPlan plan,
        List<Callback> callbacks,
        BooleanSupplier stop) {
      graph = LinearModel.graph(noise);
      workers = new Workers(threads);
      network = new Network(graph, Precision.FLOAT64, LinearModel.kernels(), seed);
      trainer =
          new Trainer(
              network,
              workers,
              LinearModel.objective(),
              Optimization.of(new LinearModel.Momentum(0.05)),
              plan,
              LinearModel.data(graph, SAMPLES),
              LinearModel.data(graph, HELD_OUT),
              callbacks,
              (name, checkpoint) -> saved = copy(checkpoint),
              new TrainingListener() {},
              stop);
    }

    private double[] weights() {
      return network.weights().get(0).value().dup().data().asDouble();
    }
  }

  /** A checkpoint with arrays of its own. */
  static Checkpoint copy(Checkpoint c) {
    return new Checkpoint(
        c.epoch(),
        c.batch(),
        c.iteration(),
        c.learningRate(),
        c.stopped(),
        c.history(),
        c.totals(),
        c.callbacks(),
        c.keptWeights(),
        c.weights().dup(),
        c.slots().stream().map(INDArray::dup).toList(),
        c.states());
  }

  private static FitPlan plan(int epochs, boolean shuffle) {
    return new FitPlan(epochs, 32, shuffle, 0, 1);
  }

  private static Setup run(long seed, int threads) {
    Setup setup = new Setup(seed, threads, 0.1, plan(3, true), List.of(), () -> false);
    setup.trainer.fit();
    return setup;
  }

  @Test
  void trainsAsTheRuleWrittenOutDoes() {
    Setup setup = new Setup(1, 2, 0, plan(2, false), List.of(), () -> false);
    assertEquals(Trainer.Ending.DONE, setup.trainer.fit());

    double[][] x = LinearModel.x(SAMPLES);
    double[][] y = LinearModel.y(x);
    double[] w = {0.5, 0.5, 0.5};
    double[] m = new double[3];
    List<Double> losses = new ArrayList<>();
    int step = 0;
    for (int epoch = 0; epoch < 2; epoch++) {
      double total = 0;
      for (int start = 0; start < SAMPLES; start += 32) {
        int end = Math.min(SAMPLES, start + 32);
        double[] g = new double[3];
        for (int i = start; i < end; i++) {
          double error = x[i][0] * w[0] + x[i][1] * w[1] + x[i][2] * w[2] - y[i][0];
          total += error * error;
          for (int k = 0; k < 3; k++) {
            g[k] += 2 * error * x[i][k] / (end - start);
          }
        }
        double rate = 0.05 / (1 + 0.1 * step++);
        for (int k = 0; k < 3; k++) {
          m[k] = 0.9 * m[k] - rate * g[k];
          w[k] += m[k];
        }
      }
      losses.add(total / SAMPLES);
    }
    assertArrayEquals(w, setup.weights(), 1e-12);
    assertEquals(losses.get(0), setup.trainer.history().get("loss").get(0), 1e-12);
    assertEquals(losses.get(1), setup.trainer.history().get("loss").get(1), 1e-12);

    double[][] held = LinearModel.x(HELD_OUT);
    double[][] heldY = LinearModel.y(held);
    double mae = 0;
    for (int i = 0; i < HELD_OUT; i++) {
      mae +=
          Math.abs(held[i][0] * w[0] + held[i][1] * w[1] + held[i][2] * w[2] - heldY[i][0])
              / HELD_OUT;
    }
    assertEquals(mae, setup.trainer.history().get("val_mae").get(1), 1e-12);
  }

  @Test
  void theSeedAloneDecidesTheBits() {
    double[] once = run(1, 1).weights();
    assertArrayEquals(once, run(1, 1).weights());
    assertArrayEquals(once, run(1, 2).weights());
    assertFalse(Arrays.equals(once, run(2, 1).weights()));
  }

  @Test
  void aStoppedAndResumedTrainingEndsWithTheSameBits() {
    Setup whole = run(1, 2);
    for (int stopAfter = 1; stopAfter <= 8; stopAfter++) {
      int[] left = {stopAfter};
      Setup stopped = new Setup(1, 2, 0.1, plan(3, true), List.of(), () -> --left[0] == 0);
      assertEquals(Trainer.Ending.INTERRUPTED, stopped.trainer.fit());
      Checkpoint checkpoint = Objects.requireNonNull(stopped.saved);
      Setup resumed = new Setup(1, 1, 0.1, plan(3, true), List.of(), () -> false);
      resumed.trainer.restore(checkpoint);
      assertEquals(Trainer.Ending.DONE, resumed.trainer.fit());
      assertArrayEquals(whole.weights(), resumed.weights(), "stopped after step " + stopAfter);
      assertEquals(whole.trainer.history(), resumed.trainer.history());
    }
  }

  @Test
  void aLossThatIsNotFiniteEndsTrainingWithACure() {
    Graph graph = LinearModel.graph(0);
    try (Workers workers = new Workers(1)) {
      Trainer trainer =
          new Trainer(
              new Network(graph, Precision.FLOAT64, LinearModel.kernels(), 1),
              workers,
              LinearModel.objective(),
              Optimization.of(new LinearModel.Momentum(1e300)),
              plan(2, false),
              LinearModel.data(graph, SAMPLES),
              null,
              List.of(),
              (name, checkpoint) -> {},
              new TrainingListener() {},
              () -> false);
      assertEquals(
          "loss is Infinity at epoch 1, step 2: training can't go on. A smaller learning_rate often"
              + " helps; so does scaling the inputs to about -1..1",
          assertThrows(TrainingException.class, trainer::fit).getMessage());
    }
  }

  @Test
  void callbacksSeeTheLogsAndMayStop() {
    List<Map<String, Double>> seen = new ArrayList<>();
    Callback stopper =
        run ->
            new Callback.Session() {
              @Override
              public void epochEnd(int epoch, Map<String, Double> logs) {
                seen.add(Map.copyOf(logs));
                if (epoch == 1) {
                  run.stop();
                }
              }
            };
    Setup setup = new Setup(1, 1, 0, plan(5, true), List.of(stopper), () -> false);
    assertEquals(Trainer.Ending.DONE, setup.trainer.fit());
    assertEquals(2, seen.size());
    assertEquals(java.util.Set.of("loss", "mae", "val_loss", "val_mae"), seen.get(0).keySet());
    assertEquals(2, setup.trainer.history().epochs());
  }

  @Test
  void aCallbackMaySetTheLearningRateAndPutWeightsBack() {
    Callback freezer =
        run -> {
          Object first = run.copyWeights();
          run.learningRate(0);
          assertEquals(0, run.learningRate());
          return new Callback.Session() {
            @Override
            public void epochEnd(int epoch, Map<String, Double> logs) {
              run.restoreWeights(first);
            }
          };
        };
    Setup setup = new Setup(1, 1, 0, plan(1, true), List.of(freezer), () -> false);
    setup.trainer.fit();
    assertArrayEquals(new double[] {0.5, 0.5, 0.5}, setup.weights());
  }
}
