package org.rondoml.core.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.spi.OptimizerArguments;

/**
 * The moving average of the weights that are trained:
 *
 * <pre>
 * average = ema_momentum · average + (1 - ema_momentum) · w
 * </pre>
 *
 * <p>It starts from the weights before the first update, in Keras 3 from those after it. Every
 * {@code ema_overwrite_frequency} updates, and when training ends, the weights become their
 * average.
 *
 * <p>Source: Keras, {@code keras/src/optimizers/base_optimizer.py}; tf_keras, {@code
 * optimizers/optimizer.py}.
 */
final class WeightAverage {
  private final double momentum;
  private final @Nullable Integer overwriteFrequency;
  private final boolean startsBeforeFirstUpdate;
  private final Memory weights;
  private final Memory average;
  private final long length;
  private final Sweep sweep;

  private WeightAverage(Optimization optimization, ParameterBlock parameters, Workers workers) {
    OptimizerArguments arguments = optimization.arguments();
    momentum = arguments.emaMomentum();
    overwriteFrequency = arguments.emaOverwriteFrequency();
    startsBeforeFirstUpdate = optimization.semantics() != Semantics.KERAS3;
    weights = parameters.memory();
    length = parameters.trainableLength();
    average = Memory.of(Nd4j.create(parameters.precision().dataType(), Math.max(1, length)));
    sweep = new Sweep(workers, length, List.of(average), List.of(weights));
  }

  /** The average that the arguments ask for; null for none. */
  static @Nullable WeightAverage of(
      Optimization optimization, ParameterBlock parameters, Workers workers) {
    return optimization.arguments().useEma()
        ? new WeightAverage(optimization, parameters, workers)
        : null;
  }

  /** To be called before the first update. */
  void begin() {
    if (startsBeforeFirstUpdate) {
      average.copyFrom(weights, 0, 0, length);
    }
  }

  /**
   * Takes in the weights.
   *
   * @param updates updates done before the step that has just been made
   */
  void add(long updates, StepTimes times) {
    double keep = updates == 0 && !startsBeforeFirstUpdate ? 0 : momentum;
    sweep.run(times, (a, none, w) -> a.blend(keep, w.get(0), 1 - keep));
    if (overwriteFrequency != null && (updates + 1) % overwriteFrequency == 0) {
      overwriteWeights();
    }
  }

  /** Makes the weights their average. */
  void overwriteWeights() {
    weights.copyFrom(average, 0, 0, length);
  }

  /** The average. */
  INDArray array() {
    return average.array();
  }
}
