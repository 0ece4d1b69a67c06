package org.rondoml.standard.metrics;

import org.jspecify.annotations.Nullable;
import org.rondoml.core.spi.Metric;

/** A metric that Keras numbers among its class where the model file doesn't name it. */
abstract class Numbered implements Metric {
  private final @Nullable String given;
  private final String automatic;

  /**
   * A metric.
   *
   * @param given its name in the model file; null for none
   * @param automatic the name of its class in snake case
   */
  Numbered(@Nullable String given, String automatic) {
    this.given = given;
    this.automatic = automatic;
  }

  @Override
  public final String name() {
    return given == null ? automatic : given;
  }

  @Override
  public final boolean isNumbered() {
    return given == null;
  }
}
