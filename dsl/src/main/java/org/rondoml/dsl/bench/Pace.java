package org.rondoml.dsl.bench;

import org.jspecify.annotations.Nullable;

/**
 * How long something is run before and while it is timed.
 *
 * @param warmUpLeast seconds of warm-up at least: within them the JIT compiler finds what to
 *     compile
 * @param warmUpMost seconds after which the warm-up ends even if blocks still get faster
 * @param block seconds that a timed block takes
 * @param blocks how many; odd, so that one of them is the median
 */
record Pace(double warmUpLeast, double warmUpMost, double block, int blocks) {
  static final Pace TRAINING = new Pace(3, 30, 1, 9);
  static final Pace INFERENCE = new Pace(1, 10, 0.3, 9);

  /** This pace with a shorter warm-up. */
  Pace withWarmUp(@Nullable Double most) {
    return most == null ? this : new Pace(Math.min(warmUpLeast, most), most, block, blocks);
  }
}
