package org.rondoml.standard.losses;

import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;

/** What the cross-entropies share. */
final class CrossEntropy {
  private CrossEntropy() {}

  /**
   * Whether a cross-entropy reads what went into the output's activation. In tf1 it looks for its
   * own activation, and leaves an output alone that was declared to be logits. Since then softmax
   * and sigmoid leave their logits on the tensor they return, and any cross-entropy takes those
   * that it finds.
   *
   * @param own the activation that belongs to the loss
   * @param found the output's activation
   * @param declared whether from_logits is set
   */
  static boolean startsFromLogits(
      Activation.Link own, Activation.Link found, boolean declared, Semantics semantics) {
    return semantics == Semantics.TF1 ? found == own && !declared : found != Activation.Link.OTHER;
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
