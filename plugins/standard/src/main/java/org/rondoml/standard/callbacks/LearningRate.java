package org.rondoml.standard.callbacks;

import java.util.Map;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Callback;

/**
 * The optimizer's learning rate as Keras' callbacks see it: before Keras 3 a number of 32 bits
 * whatever the model's precision, logged as {@code lr}.
 */
final class LearningRate {
  private final Semantics semantics;

  LearningRate(Semantics semantics) {
    this.semantics = semantics;
  }

  /** The name that it is logged under. */
  String logName() {
    return semantics == Semantics.KERAS3 ? "learning_rate" : "lr";
  }

  double of(Callback.Run run) {
    return stored(run.learningRate());
  }

  void set(Callback.Run run, double rate) {
    run.learningRate(stored(rate));
  }

  /** The rate times a factor, which has 32 bits where the rate has. */
  double scaled(Callback.Run run, double factor) {
    return semantics == Semantics.KERAS3 ? of(run) * factor : (float) of(run) * (float) factor;
  }

  void log(Callback.Run run, Map<String, Double> logs) {
    logs.put(logName(), of(run));
  }

  private double stored(double rate) {
    return semantics == Semantics.KERAS3 ? rate : (float) rate;
  }
}
