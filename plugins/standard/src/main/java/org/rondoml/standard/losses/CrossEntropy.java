package org.rondoml.standard.losses;

import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;

/** What the cross-entropies share. */
final class CrossEntropy {
  private CrossEntropy() {}

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
