package org.rondoml.standard.losses;

import org.rondoml.core.compute.Vec;

/**
 * Labels of the hinge losses, which are -1 and 1. A batch with no others than 0 and 1 has its
 * labels converted.
 *
 * <p>Source: {@code convert_binary_labels_to_hinge} in {@code keras/src/losses/losses.py}.
 */
final class BinaryLabels {
  private BinaryLabels() {}

  /** The number of labels that are neither 0 nor 1. */
  static int countOthers(Vec target) {
    int others = 0;
    for (int k = 0; k < target.length(); k++) {
      double t = target.get(k);
      others += t == 0 || t == 1 ? 0 : 1;
    }
    return others;
  }

  /** -1 for 0, 1 for 1. */
  static double converted(double t) {
    return 2 * t - 1;
  }
}
