package org.rondoml.dsl.progress;

import java.util.function.LongSupplier;

/** Measures one epoch as Keras' {@code Progbar} does. */
final class StepClock {
  private static final double NANOS = 1e9;

  private final LongSupplier nanoTime;
  private final boolean leavesOutFirstStep;
  private final long start;
  private long afterFirstStep;
  private boolean firstStepDone;

  /**
   * What the clock says.
   *
   * @param elapsed seconds since the epoch began
   * @param perUnit seconds a sample or step took
   * @param left seconds until the epoch's end at that pace
   */
  record Reading(double elapsed, double perUnit, double left) {}

  /**
   * A clock that starts.
   *
   * @param leavesOutFirstStep whether the first step, which is slower, doesn't count for the pace
   */
  StepClock(LongSupplier nanoTime, boolean leavesOutFirstStep) {
    this.nanoTime = nanoTime;
    this.leavesOutFirstStep = leavesOutFirstStep;
    this.start = nanoTime.getAsLong();
  }

  /**
   * Reads the clock.
   *
   * @param done units done since it started
   * @param remaining units still to do
   */
  Reading read(int done, int remaining) {
    long now = nanoTime.getAsLong();
    double perUnit = perUnit(done, now);
    if (done == 1) {
      firstStepDone = true;
      afterFirstStep = now;
    }
    return new Reading((now - start) / NANOS, perUnit, perUnit * remaining);
  }

  private double perUnit(int done, long now) {
    if (done == 0) {
      return 0;
    }
    return leavesOutFirstStep && firstStepDone && done > 1
        ? (now - afterFirstStep) / NANOS / (done - 1)
        : (now - start) / NANOS / done;
  }
}
