package org.rondoml.core.engine;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.History;
import org.rondoml.api.NamedWeight;
import org.rondoml.api.Precision;
import org.rondoml.api.TrainingException;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Callback;

/**
 * The training loop: epochs of batches, evaluation after each epoch, callbacks, checkpoints. One
 * trainer trains once.
 *
 * <p>A checkpoint named {@code last} is saved at the start, after every epoch and when training is
 * asked to stop, in the middle of an epoch if need be.
 */
public final class Trainer {
  /** The name of the checkpoint to resume from. */
  public static final String LAST = "last";

  private final Network network;
  private final Workers workers;
  private final Objective objective;
  private final Optimization optimization;
  private final FitPlan plan;
  private final SampleData train;
  private final @Nullable SampleData validation;
  private final Checkpoint.Store store;
  private final TrainingListener listener;
  private final BooleanSupplier interrupted;

  private final Epochs epochs;
  private final TrainingStep step;
  private final Evaluator evaluator;
  private final CallbackSessions sessions;

  private int epoch;
  private int batch;
  private long iteration;
  private @Nullable Double learningRate;
  private History history = History.empty();
  private Totals totals;
  private boolean stopping;

  /**
   * A trainer at its start.
   *
   * @param objective {@linkplain Objective#resolve resolved} for the training data
   * @param interrupted asked after every step: whether to save a checkpoint and stop
   */
  public Trainer(
      Network network,
      Workers workers,
      Objective objective,
      Optimization optimization,
      FitPlan plan,
      SampleData train,
      @Nullable SampleData validation,
      List<Callback> callbacks,
      Checkpoint.Store store,
      TrainingListener listener,
      BooleanSupplier interrupted) {
    this.network = network;
    this.workers = workers;
    this.objective = objective;
    this.optimization = optimization;
    this.plan = plan;
    this.train = train;
    this.validation = validation;
    this.store = store;
    this.listener = listener;
    this.interrupted = interrupted;
    this.epochs = new Epochs(plan, train, network.random("shuffle"), objective.semantics());
    this.step = new TrainingStep(network, workers, objective, optimization);
    this.evaluator =
        validation == null || validation.inputShapes().equals(train.inputShapes())
            ? new Evaluator(step.shards(), workers, objective)
            : new Evaluator(network, workers, objective.resolve(network.graph(), validation));
    this.totals = new Totals(objective);
    this.epoch = plan.initialEpoch();
    this.sessions = new CallbackSessions(callbacks, new CallbackRun());
  }

  /** Goes on from a checkpoint of a training with the same model, data and plan. */
  public void restore(Checkpoint checkpoint) {
    epoch = checkpoint.epoch();
    batch = checkpoint.batch();
    iteration = checkpoint.iteration();
    learningRate = checkpoint.learningRate();
    stopping = checkpoint.stopped();
    history = checkpoint.history();
    totals.restore(checkpoint.totals());
    sessions.restore(checkpoint.callbacks(), checkpoint.keptWeights());
    network.restoreWeights(checkpoint.weights(), workers);
    List<INDArray> slots = step.slots();
    for (int i = 0; i < slots.size(); i++) {
      slots.get(i).assign(checkpoint.slots().get(i));
    }
    step.shards().restoreStates(checkpoint.states());
  }

  /** How a training ended. */
  public enum Ending {
    /** All epochs are done, or a callback stopped it. */
    DONE,
    /** It was interrupted; the checkpoint {@link #LAST} goes on from here. */
    INTERRUPTED
  }

  /**
   * Trains.
   *
   * @throws TrainingException where the loss is not finite
   */
  public Ending fit() {
    WholeBatches.require(network.graph(), train, plan.batchSize());
    SampleData held = validation;
    if (held != null) {
      WholeBatches.require(network.graph(), held, plan.validation().batchSize());
    }
    network.weightsChanged(workers);
    sessions.tell(Callback.Session::trainBegin);
    sessions.grant();
    if (iteration == 0) {
      store.save(LAST, checkpoint());
    }
    listener.trainBegin(train.size(), validation == null ? 0 : validation.size(), plan.batchSize());
    try {
      return fitEpochs();
    } finally {
      listener.trainEnd();
    }
  }

  private Ending fitEpochs() {
    while (epoch < epochs.last() && !stopping) {
      if (batch == 0) {
        sessions.tell(s -> s.epochBegin(epoch));
        sessions.grant();
      }
      listener.epochBegin(epoch, plan.epochs(), epochs.samples(epoch, epochs.steps(epoch)));
      if (!trainEpoch()) {
        store.save(LAST, checkpoint());
        return Ending.INTERRUPTED;
      }
      if (epochs.runsOut(epoch)) {
        listener.say(
            "epoch "
                + (epoch + 1)
                + ": the samples have run out after "
                + epochs.steps(epoch)
                + " of "
                + plan.stepsPerEpoch()
                + " steps");
      }
      endEpoch();
    }
    boolean averages = optimization.arguments().useEma() && iteration > 0;
    if (averages) {
      step.finish();
    }
    if (!sessions.isEmpty()) {
      sessions.tell(Callback.Session::trainEnd);
      sessions.grant();
    }
    if (averages || !sessions.isEmpty()) {
      store.save(LAST, checkpoint()); // a callback may have put other weights back
    }
    return Ending.DONE;
  }

  /** What has been logged so far. */
  public History history() {
    return history;
  }

  /**
   * Trains to the end of the epoch, or to where a callback ends it.
   *
   * @return whether that was reached; false where training was interrupted before
   */
  private boolean trainEpoch() {
    int samples = epochs.samples(epoch, batch);
    Batch next = epochs.batch(epoch, batch);
    if (next != null) {
      step.gather(next);
    }
    while (next != null) {
      Batch current = next;
      next = epochs.batch(epoch, batch + 1);
      step(current, next);
      int done = batch++;
      samples += current.size();
      Map<String, Double> logs = totals.logs();
      listener.batchEnd(samples, logs);
      sessions.tell(s -> s.batchEnd(done, logs));
      sessions.grant();
      if (stopping) {
        return true;
      }
      if (interrupted.getAsBoolean()) {
        return false;
      }
    }
    return true;
  }

  private void step(Batch current, @Nullable Batch next) {
    RandomStream random = network.random("step").derive(iteration);
    double loss = objective.weigh(step.compute(current, random, totals)) + step.penalty();
    if (!Double.isFinite(loss)) {
      train.requireFinite();
      throw new TrainingException(
          "loss is "
              + loss
              + " at epoch "
              + (epoch + 1)
              + ", step "
              + (batch + 1)
              + ": training can't go on. A smaller learning_rate often helps; so does scaling the inputs to about -1..1");
    }
    step.update(current, iteration, currentLearningRate(), next);
    iteration++;
  }

  private double currentLearningRate() {
    Double set = learningRate;
    return set != null ? set : optimization.optimizer().learningRate().at(iteration);
  }

  private void endEpoch() {
    Map<String, Double> logs = new LinkedHashMap<>(totals.logs());
    SampleData held = validation;
    if (held != null && evaluates(held)) {
      evaluator
          .evaluate(held, plan.validation().batchSize(), plan.validation().steps())
          .forEach((name, value) -> logs.put("val_" + name, value));
    }
    int ended = epoch++;
    batch = 0;
    totals = new Totals(objective);
    sessions.tell(s -> s.epochEnd(ended, logs));
    history = history.plus(logs);
    listener.epochEnd(ended, logs);
    sessions.grant();
    store.save(LAST, checkpoint());
  }

  private boolean evaluates(SampleData held) {
    ValidationPlan validation = plan.validation();
    return validation.follows(epoch)
        && validation.findsSamples(
            held.size(),
            validation.countBetween(plan.initialEpoch(), epoch),
            objective.semantics());
  }

  private Checkpoint checkpoint() {
    return new Checkpoint(
        epoch,
        batch,
        iteration,
        learningRate,
        stopping,
        history,
        totals.snapshot(),
        sessions.states(),
        sessions.keptWeights(),
        network.parameters().memory().array(),
        step.slots(),
        step.shards().states());
  }

  private final class CallbackRun implements Callback.Run {
    @Override
    public void stop() {
      stopping = true;
    }

    @Override
    public double learningRate() {
      return inPrecision(currentLearningRate());
    }

    @Override
    public void learningRate(double rate) {
      learningRate = inPrecision(rate);
    }

    private double inPrecision(double rate) {
      return network.precision() == Precision.FLOAT32 ? (float) rate : rate;
    }

    @Override
    public void saveCheckpoint(String name) {
      store.save(name, checkpoint());
    }

    @Override
    public void saveWeights(String file) {
      store.saveWeights(file);
    }

    @Override
    public List<NamedWeight> weights() {
      return network.weights();
    }

    @Override
    public Optional<Path> file(Path path) {
      return store.file(path);
    }

    @Override
    public Object copyWeights() {
      return network.parameters().memory().array().dup();
    }

    @Override
    public void restoreWeights(Object copy) {
      network.restoreWeights((INDArray) copy, workers);
    }

    @Override
    public void say(String line) {
      listener.say(line);
    }
  }
}
