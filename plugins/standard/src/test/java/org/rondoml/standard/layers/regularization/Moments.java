package org.rondoml.standard.layers.regularization;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;

/** Mean and standard deviation of some numbers. */
record Moments(double mean, double stddev, int count) {
  static Moments of(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance =
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    return new Moments(mean, Math.sqrt(variance), values.length);
  }

  /** Five standard errors of normal numbers: sigma / sqrt(n), and sigma / sqrt(2 n). */
  void assertNear(double expectedMean, double expectedStddev) {
    assertEquals(expectedMean, mean, 5 * expectedStddev / Math.sqrt(count), "mean");
    assertEquals(
        expectedStddev, stddev, 5 * expectedStddev / Math.sqrt(2.0 * count), "standard deviation");
  }
}
