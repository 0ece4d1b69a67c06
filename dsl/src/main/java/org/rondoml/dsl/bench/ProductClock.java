package org.rondoml.dsl.bench;

import java.util.concurrent.atomic.LongAdder;

/** The time that threads have spent in matrix products, all threads together. */
final class ProductClock {
  private final LongAdder nanos = new LongAdder();
  private final LongAdder flops = new LongAdder();
  private volatile boolean on;

  /**
   * Switches the clock on and off: where nobody asks for the products, looking at it costs time.
   */
  void setOn(boolean wanted) {
    on = wanted;
  }

  /** A product begins; the result is handed to {@link #stop}. */
  long start() {
    return on ? System.nanoTime() : 0;
  }

  /** A product has ended. */
  void stop(long start, long flopsOfProduct) {
    if (on) {
      nanos.add(System.nanoTime() - start);
      flops.add(flopsOfProduct);
    }
  }

  /** Nanoseconds so far. */
  long nanos() {
    return nanos.sum();
  }

  /** Floating-point operations so far. */
  long flops() {
    return flops.sum();
  }
}
