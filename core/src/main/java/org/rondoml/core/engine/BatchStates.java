package org.rondoml.core.engine;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.core.compute.Memory;

/**
 * What stateful layers keep from batch to batch on one shard. Training and evaluation each have
 * their own, so that an evaluation does not change the training after it.
 */
final class BatchStates {
  private final Map<String, Memory> training = new LinkedHashMap<>();
  private final Map<String, Memory> evaluation = new LinkedHashMap<>();

  /** Memory by name: zeros at first. */
  Memory of(boolean isTraining, String name, Precision precision, long... shape) {
    Map<String, Memory> states = isTraining ? training : evaluation;
    Memory found = states.get(name);
    if (found == null || !Arrays.equals(found.array().shape(), shape)) {
      found = Memory.of(Nd4j.create(precision.dataType(), shape));
      states.put(name, found);
    }
    return found;
  }

  /** Begins an evaluation: its states are zeros. */
  void resetEvaluation() {
    evaluation.values().forEach(Memory::clear);
  }

  /** The states of training, by name. */
  Map<String, INDArray> ofTraining() {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    training.forEach((name, memory) -> arrays.put(name, memory.array()));
    return arrays;
  }

  /** Puts back a state of training. */
  void restore(String name, INDArray value) {
    training.put(name, Memory.of(value.dup('c')));
  }
}
