package org.rondoml.standard.initializers;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** The test of Kolmogorov and Smirnov: do values come from a distribution? */
final class KolmogorovSmirnov {
  private KolmogorovSmirnov() {}

  /**
   * The probability that as many values of the distribution lie as far from it as these or further:
   * for many values 2 sum_k (-1)^(k-1) exp(-2 k² n d²), where d is the largest distance between the
   * values' distribution function and the wanted one.
   */
  static double probability(double[] values, DoubleUnaryOperator distribution) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double distance = 0;
    for (int i = 0; i < n; i++) {
      double wanted = distribution.applyAsDouble(sorted[i]);
      distance = Math.max(distance, Math.abs(wanted - (double) i / n));
      distance = Math.max(distance, Math.abs(wanted - (i + 1.0) / n));
    }
    double sum = 0;
    for (int k = 1; k <= 100; k++) {
      double term = 2 * Math.exp(-2.0 * k * k * n * distance * distance);
      sum += k % 2 == 1 ? term : -term;
    }
    return Math.min(1, Math.max(0, sum));
  }
}
