package org.rondoml.core.engine;

import org.rondoml.api.Precision;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Scope;

/** The parts of samples that a loss or a metric sees, one at a time, in vectors. */
final class RowView {
  private final int count;
  private final Vec target;
  private final Vec output;
  private final Vec gradient;

  /**
   * Vectors for parts.
   *
   * @param count the parts of a sample, which lie one after the other
   */
  RowView(Precision precision, int count, int targetLength, int outputLength) {
    this.count = count;
    this.target = Vec.zeros(precision, targetLength);
    this.output = Vec.zeros(precision, outputLength);
    this.gradient = Vec.zeros(precision, outputLength);
  }

  /** The one of two views that shows what a scope takes in. */
  static RowView of(Scope scope, RowView rows, RowView samples) {
    return scope == Scope.ROW ? rows : samples;
  }

  int count() {
    return count;
  }

  Vec target() {
    return target;
  }

  Vec output() {
    return output;
  }

  Vec gradient() {
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
