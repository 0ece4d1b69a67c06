package org.rondoml.core.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.NamedWeight;
import org.rondoml.core.spi.Callback;

/**
 * The callbacks of one training. What one of them wants said or saved while it is told something
 * waits until all have been told: so a line doesn't tear that of the progress apart, and a
 * checkpoint holds what all of them remember of the same moment.
 */
final class CallbackSessions {
  private final List<Callback.Session> sessions = new ArrayList<>();
  private final List<Runnable> wishes = new ArrayList<>();
  private boolean telling;

  /**
   * Starts the callbacks.
   *
   * @param run does at once what it is asked for
   */
  CallbackSessions(List<Callback> callbacks, Callback.Run run) {
    Callback.Run patient = new PatientRun(run);
    callbacks.forEach(callback -> sessions.add(callback.start(patient)));
  }

  boolean isEmpty() {
    return sessions.isEmpty();
  }

  /** Tells all of them something; {@link #grant} then does what they wish for. */
  void tell(Consumer<Callback.Session> news) {
    telling = true;
    try {
      sessions.forEach(news);
    } finally {
      telling = false;
    }
  }

  /** Says and saves what they have wished for, in the order of their wishes. */
  void grant() {
    List<Runnable> granted = List.copyOf(wishes);
    wishes.clear();
    granted.forEach(Runnable::run);
  }

  /** What each remembers, in their order. */
  List<Map<String, Double>> states() {
    return sessions.stream().map(Callback.Session::state).toList();
  }

  /** The weights that each keeps, in their order; null for one that keeps none. */
  List<@Nullable INDArray> keptWeights() {
    List<@Nullable INDArray> kept = new ArrayList<>();
    sessions.forEach(session -> kept.add((INDArray) session.keptWeights()));
    return kept;
  }

  /** Goes on from what {@link #states} and {@link #keptWeights} gave. */
  void restore(List<Map<String, Double>> states, List<@Nullable INDArray> keptWeights) {
    for (int i = 0; i < sessions.size(); i++) {
      sessions.get(i).restore(states.get(i));
      INDArray kept = keptWeights.get(i);
      if (kept != null) {
        sessions.get(i).restoreKeptWeights(kept);
      }
    }
  }

  private void wish(Runnable action) {
    if (telling) {
      wishes.add(action);
    } else {
      action.run();
    }
  }

  private final class PatientRun implements Callback.Run {
    private final Callback.Run run;

    PatientRun(Callback.Run run) {
      this.run = run;
    }

    @Override
    public void stop() {
      run.stop();
    }

    @Override
    public double learningRate() {
      return run.learningRate();
    }

    @Override
    public void learningRate(double rate) {
      run.learningRate(rate);
    }

    @Override
    public void saveCheckpoint(String name) {
      wish(() -> run.saveCheckpoint(name));
    }

    @Override
    public void saveWeights(String file) {
      wish(() -> run.saveWeights(file));
    }

    @Override
    public List<NamedWeight> weights() {
      return run.weights();
    }

    @Override
    public Optional<Path> file(Path path) {
      return run.file(path);
    }

    @Override
    public Object copyWeights() {
      return run.copyWeights();
    }

    @Override
    public void restoreWeights(Object copy) {
      run.restoreWeights(copy);
    }

    @Override
    public void say(String line) {
      wish(() -> run.say(line));
    }
  }
}
