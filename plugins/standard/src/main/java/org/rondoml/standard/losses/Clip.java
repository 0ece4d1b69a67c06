package org.rondoml.standard.losses;

import org.rondoml.api.Precision;
import org.rondoml.core.compute.Vec;

/**
 * Probabilities kept away from 0 and 1 by Keras' epsilon, with the bounds rounded to the precision
 * they are compared in.
 */
final class Clip {
  /** Keras' {@code backend.epsilon()}. */
  static final double EPSILON = 1e-7;

  private Clip() {}

  /** p, but no nearer than epsilon to 0 and 1. */
  static double of(double p, Vec row) {
    return Math.min(Math.max(p, low(row)), high(row));
  }

  /** Whether the gradient passes: at and inside the bounds, as with {@code tf.clip_by_value}. */
  static boolean passes(double p, Vec row) {
    return p >= low(row) && p <= high(row);
  }

  private static double low(Vec row) {
    return row.precision() == Precision.FLOAT32 ? (float) EPSILON : EPSILON;
  }

  private static double high(Vec row) {
    return row.precision() == Precision.FLOAT32 ? (float) (1 - EPSILON) : 1 - EPSILON;
  }
}
