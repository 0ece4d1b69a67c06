package org.rondoml.standard.metrics;

import org.rondoml.core.compute.Vec;

/** Whether a class is among those with the largest outputs. */
final class TopK {
  private TopK() {}

  /**
   * Whether fewer than k outputs are larger than that of a class; not where an output is not
   * finite.
   */
  static boolean contains(Vec output, double label, int k) {
    int number = (int) label;
    if (number < 0 || number >= output.length()) {
      return false;
    }
    int larger = 0;
    for (int i = 0; i < output.length(); i++) {
      if (!Double.isFinite(output.get(i))) {
        return false;
      }
      larger += output.get(i) > output.get(number) ? 1 : 0;
    }
    return larger < k;
  }
}
