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
  void stepsPerEpochGoOnAfterAStopWithTheSameBits() {
    FitPlan plan = new FitPlan(5, 32, true, 0, 2, ValidationPlan.every(1, 32));
    Setup whole = new Setup(1, 2, 0.1, plan, List.of(), () -> false);
    whole.trainer.fit();
    assertEquals(5, whole.trainer.history().epochs());
    for (int stopAfter : new int[] {1, 2, 3, 4}) {
      int[] left = {stopAfter};
      Setup stopped = new Setup(1, 2, 0.1, plan, List.of(), () -> --left[0] == 0);
      assertEquals(Trainer.Ending.INTERRUPTED, stopped.trainer.fit());
      Setup resumed = new Setup(1, 1, 0.1, plan, List.of(), () -> false);
      resumed.trainer.restore(Objects.requireNonNull(stopped.saved));
      assertEquals(Trainer.Ending.DONE, resumed.trainer.fit());
      assertArrayEquals(whole.weights(), resumed.weights(), "stopped after step " + stopAfter);
      assertEquals(whole.trainer.history(), resumed.trainer.history());
    }
  }

  @Test
  void evaluationsFollowTheEpochsListedOnTheFirstBatches() {
    ValidationPlan validation = new ValidationPlan(0, List.of(2, 3), 8, 1);
    FitPlan plan = new FitPlan(3, 32, false, 0, null, validation);
    Setup setup = new Setup(1, 1, 0, plan, List.of(), () -> false);
    setup.trainer.fit();
    assertEquals(3, setup.trainer.history().get("loss").size());
    assertEquals(2, setup.trainer.history().get("val_mae").size());
    double[][] x = LinearModel.x(8);
    double[][] y = LinearModel.y(x);
    double mae = 0;
    for (int i = 0; i < 8; i++) {
      double[] w = setup.weights();
      mae += Math.abs(x[i][0] * w[0] + x[i][1] * w[1] + x[i][2] * w[2] - y[i][0]) / 8;
    }
    assertEquals(mae, setup.trainer.history().get("val_mae").get(1), 1e-12);
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

  /** Writes down what it is told and what is done for it. */
  private static final class Diary implements TrainingListener {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void epochBegin(int epoch, int epochs, int samples) {
      lines.add("epoch " + epoch + " shown");
    }

    @Override
    public void epochEnd(int epoch, Map<String, Double> logs) {
      lines.add("epoch " + epoch + " shown with " + logs.keySet());
    }

    @Override
    public void say(String line) {
      lines.add("said: " + line);
    }

    private Callback callback(String name) {
      return run ->
          new Callback.Session() {
            private double told;

            @Override
            public void trainBegin() {
              run.say(name + " begins");
            }

            @Override
            public void epochBegin(int epoch) {
              run.say(name + " begins epoch " + epoch);
            }

            @Override
            public void batchEnd(int batch, Map<String, Double> logs) {
              lines.add(name + " sees batch " + batch + " with " + logs.keySet());
            }

            @Override
            public void epochEnd(int epoch, Map<String, Double> logs) {
              lines.add(name + " sees " + logs.keySet());
              told++;
              logs.put(name, told);
              run.saveCheckpoint(name);
              run.say(name + " ends epoch " + epoch);
            }

            @Override
            public Map<String, Double> state() {
              return Map.of("told", told);
            }
          };
    }

    private Trainer trainer(List<Callback> callbacks, int samples) {
      Graph graph = LinearModel.graph(0);
      return new Trainer(
          new Network(graph, Precision.FLOAT64, LinearModel.kernels(), 1),
          new Workers(1),
          LinearModel.objective(),
          Optimization.of(new LinearModel.Momentum(0.05)),
          plan(1, false),
          LinearModel.data(graph, samples),
          null,
          callbacks,
          (name, checkpoint) ->
              lines.add(
                  "saved "
                      + name
                      + " at epoch "
                      + checkpoint.epoch()
                      + ", batch "
                      + checkpoint.batch()
                      + ", logged "
                      + checkpoint.history().values().keySet()
                      + ", remembered "
                      + checkpoint.callbacks()),
          this,
          () -> false);
    }
  }

  @Test
  void whatCallbacksWishForIsDoneWhenAllHaveBeenTold() {
    Diary diary = new Diary();
    Trainer trainer = diary.trainer(List.of(diary.callback("a"), diary.callback("b")), 40);
    trainer.fit();

    String none = "remembered [{told=0.0}, {told=0.0}]";
    String both = "logged [loss, mae, a, b], remembered [{told=1.0}, {told=1.0}]";
    assertEquals(
        List.of(
            "said: a begins",
            "said: b begins",
            "saved last at epoch 0, batch 0, logged [], " + none,
            "said: a begins epoch 0",
            "said: b begins epoch 0",
            "epoch 0 shown",
            "a sees batch 0 with [loss, mae]",
            "b sees batch 0 with [loss, mae]",
            "a sees batch 1 with [loss, mae]",
            "b sees batch 1 with [loss, mae]",
            "a sees [loss, mae]",
            "b sees [loss, mae, a]",
            "epoch 0 shown with [loss, mae, a, b]",
            "saved a at epoch 1, batch 0, " + both,
            "said: a ends epoch 0",
            "saved b at epoch 1, batch 0, " + both,
            "said: b ends epoch 0",
            "saved last at epoch 1, batch 0, " + both,
            "saved last at epoch 1, batch 0, " + both),
        diary.lines);
    assertEquals(List.of(1.0), trainer.history().get("a"));
  }

  @Test
  void aCallbackMaySaveAndStopBetweenBatches() {
    Diary diary = new Diary();
    Callback stopper =
        run ->
            new Callback.Session() {
              @Override
              public void batchEnd(int batch, Map<String, Double> logs) {
                if (batch == 1) {
                  run.saveCheckpoint("middle");
                  run.stop();
                }
              }
            };
    diary.trainer(List.of(stopper), 100).fit();
    assertEquals(
        List.of(
            "saved last at epoch 0, batch 0, logged [], remembered [{}]",
            "epoch 0 shown",
            "saved middle at epoch 0, batch 2, logged [], remembered [{}]",
            "epoch 0 shown with [loss, mae]",
            "saved last at epoch 1, batch 0, logged [loss, mae], remembered [{}]",
            "saved last at epoch 1, batch 0, logged [loss, mae], remembered [{}]"),
        diary.lines);
  }

  @Test
  void aCallbackSeesTheWeights() {
    List<String> paths = new ArrayList<>();
    Callback reader =
        run -> {
          run.weights()
              .forEach(weight -> paths.add(weight.path() + " " + weight.value().sumNumber()));
          return new Callback.Session() {};
        };
    new Setup(1, 1, 0, plan(1, true), List.of(reader), () -> false);
    assertEquals(List.of("linear/kernel 1.5"), paths);
  }

  @Test
  void aCallbackSeesTheRateInTheModelsPrecision() {
    Graph graph = LinearModel.graph(0);
    List<Double> rates = new ArrayList<>();
    Callback setter =
        run -> {
          rates.add(run.learningRate());
          run.learningRate(0.1);
          rates.add(run.learningRate());
          return new Callback.Session() {};
        };
    for (Precision precision : Precision.values()) {
      new Trainer(
          new Network(graph, precision, LinearModel.kernels(), 1),
          new Workers(1),
          LinearModel.objective(),
          Optimization.of(new LinearModel.Momentum(0.05)),
          plan(1, false),
          LinearModel.data(graph, SAMPLES),
          null,
          List.of(setter),
          (name, checkpoint) -> {},
          new TrainingListener() {},
          () -> false);
    }
    assertEquals(List.of((double) 0.05f, (double) 0.1f, 0.05, 0.1), rates);
  }
}
