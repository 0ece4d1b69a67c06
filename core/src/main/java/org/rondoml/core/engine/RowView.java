package org.rondoml.core.engine;

import org.rondoml.api.Precision;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;

/**
 * The parts of samples that a loss or a metric sees, one at a time, in vectors: parts that lie one
 * after the other in memory. Those of a sample are loaded, and their gradients stored, in order.
 */
class RowView {
  private final int count;
  private final Vec target;
  private final Vec output;
  private final Vec gradient;

  /**
   * Vectors for parts.
   *
   * @param count the parts of a sample
   */
  RowView(Precision precision, int count, int targetLength, int outputLength) {
    this.count = count;
    this.target = Vec.zeros(precision, targetLength);
    this.output = Vec.zeros(precision, outputLength);
    this.gradient = Vec.zeros(precision, outputLength);
  }

  final int count() {
    return count;
  }

  final Vec target() {
    return target;
  }

  final Vec output() {
    return output;
  }

  final Vec gradient() {
    return gradient;
  }

  /** Loads a part of a sample. */
  void load(Memory targets, Memory outputs, int sample, int row) {
    long index = (long) sample * count + row;
    target.load(targets, index * target.length());
    output.load(outputs, index * output.length());
  }

  /** Stores the gradient of a part of a sample. */
  void storeGradient(Memory gradients, int sample, int row) {
    gradient.store(gradients, ((long) sample * count + row) * gradient.length());
  }
}
