package org.rondoml.standard.callbacks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.ModelFileException;
import org.rondoml.api.NamedWeight;
import org.rondoml.api.Semantics;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Callback;

/** A training that writes down what a callback does to it. */
final class Recorder implements Callback.Run {
  private static final Registry REGISTRY = Registry.load(Recorder.class.getClassLoader());

  final List<String> actions = new ArrayList<>();
  String weights = "initial";
  double rate = 0.1;
  @Nullable Path folder;

  /** A callback as a model file names it. */
  static Callback callback(String name, Map<String, ?> config, Semantics semantics) {
    return REGISTRY.create(Callback.class, name, config, semantics);
  }

  /** The one mistake that a callback's keys make. */
  static String mistake(String name, Map<String, ?> config, Semantics semantics) {
    try {
      callback(name, config, semantics);
      return "none";
    } catch (ModelFileException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** A session that goes on from what another one leaves to a checkpoint. */
  Callback.Session resumed(Callback callback, Callback.Session stopped) {
    Callback.Session session = callback.start(this);
    session.restore(Map.copyOf(stopped.state()));
    Object kept = stopped.keptWeights();
    if (kept != null) {
      session.restoreKeptWeights(kept);
    }
    session.trainBegin();
    return session;
  }

  @Override
  public void stop() {
    actions.add("stop");
  }

  @Override
  public double learningRate() {
    return rate;
  }

  @Override
  public void learningRate(double changed) {
    rate = changed;
  }

  @Override
  public void saveCheckpoint(String name) {
    actions.add("save " + name);
  }

  @Override
  public void saveWeights(String file) {
    actions.add("save weights " + file);
  }

  @Override
  public List<NamedWeight> weights() {
    return List.of();
  }

  @Override
  public Optional<Path> file(Path path) {
    return Optional.ofNullable(folder).map(to -> to.resolve(path));
  }

  @Override
  public Object copyWeights() {
    return weights;
  }

  @Override
  public void restoreWeights(Object copy) {
    actions.add("restore " + copy);
  }

  @Override
  public void say(String line) {
    actions.add("say " + line);
  }
}
