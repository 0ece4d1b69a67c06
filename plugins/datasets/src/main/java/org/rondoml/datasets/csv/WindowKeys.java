package org.rondoml.datasets.csv;

import org.jspecify.annotations.Nullable;
import org.rondoml.core.spi.ConfigException;

/**
 * The keys that cut a time series into samples.
 *
 * @param window rows of a sample, or null where a row is one
 * @param horizon rows from the window's last to the target's, or null for 1
 * @param stride rows from one window to the next, or null for 1
 */
record WindowKeys(@Nullable Integer window, @Nullable Integer horizon, @Nullable Integer stride) {
  /**
   * Throws where keys need others.
   *
   * @param hasTarget whether there is something to predict
   */
  void check(boolean hasTarget) {
    if (window == null && (horizon != null || stride != null)) {
      throw new ConfigException(
          horizon != null ? "horizon" : "stride",
          "is for time series; expected window: the number of rows of a sample");
    }
    if (horizon != null && !hasTarget) {
      throw new ConfigException("horizon", "is where the target is; expected a target");
    }
  }

  /** Whether the targets of earlier rows are features unless something else is said. */
  boolean knowsPastTargets() {
    return window != null && horizonOrDefault() > 0;
  }

  int horizonOrDefault() {
    return horizon == null ? 1 : horizon;
  }

  int strideOrDefault() {
    return stride == null ? 1 : stride;
  }
}
