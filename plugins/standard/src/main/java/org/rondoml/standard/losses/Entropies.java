package org.rondoml.standard.losses;

import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;

/** What the cross-entropies share. */
final class Entropies {
  private Entropies() {}

  /**
   * Whether a cross-entropy reads what went into the output's activation. Softmax and sigmoid leave
   * their logits on the tensor they return, and any cross-entropy takes those that it finds,
   * whatever from_logits says. TensorFlow 1 was choosier; tf1 goes by tf_keras here, as in all that
   * its fixtures hold.
   *
   * <p>Source: {@code _get_logits} in {@code keras/src/backend/tensorflow/nn.py} and {@code
   * tf_keras/src/backend.py}.
   *
   * @param found the output's activation
   */
  static boolean startsFromLogits(Activation.Link found) {
    return found != Activation.Link.OTHER;
  }

  static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  /** y = softmax(z). */
  static void softmax(Vec z, double[] y) {
    double log = logSumExp(z);
    for (int k = 0; k < y.length; k++) {
      y[k] = Math.exp(z.get(k) - log);
    }
  }

  /** The binary cross-entropy of a logit. */
  static double binaryOfLogit(double t, double z) {
    return Math.max(z, 0) - z * t + Math.log1p(Math.exp(-Math.abs(z)));
  }

  /** The binary cross-entropy of a probability of a row, clipped. */
  static double binary(double t, double p, Vec row, Semantics semantics) {
    double q = Clip.of(p, row);
    double e = offset(semantics);
    return -(t * Math.log(q + e) + (1 - t) * Math.log(1 - q + e));
  }

  /** d binary / d p: 0 where it was clipped. */
  static double binarySlope(double t, double p, Vec row, Semantics semantics) {
    double e = offset(semantics);
    return Clip.passes(p, row) ? (1 - t) / (1 - p + e) - t / (p + e) : 0;
  }

  private static double offset(Semantics semantics) {
    return semantics == Semantics.KERAS3 ? 0 : Clip.EPSILON;
  }

  /** log sum exp of a row. */
  static double logSumExp(Vec z) {
    double max = z.max();
    double sum = 0;
    for (int k = 0; k < z.length(); k++) {
      sum += Math.exp(z.get(k) - max);
    }
    return max + Math.log(sum);
  }
}
