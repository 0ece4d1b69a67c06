package org.rondoml.dsl.bench;

import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The blocks in which something is timed.
 *
 * @param count how many; odd, so that one of them is the median
 * @param runs how often a block runs it
 */
record Blocks(int count, int runs) {
  private static final double PORTION = 0.25;
  private static final double FASTER = 0.98;

  /** So many portions without a faster one, and the JIT compiler has done its work. */
  private static final int CALM = 4;

  /**
   * Runs something until it gets no faster.
   *
   * @param task runs it a number of times
   * @param runs how many runs to time in all, or null for as many as take the pace's time
   */
  static Blocks afterWarmUp(IntConsumer task, Pace pace, @Nullable Integer runs) {
    double seconds = warmUp(task, pace);
    if (runs == null) {
      return new Blocks(pace.blocks(), Math.max(1, (int) Math.round(pace.block() / seconds)));
    }
    int most = Math.min(pace.blocks(), runs);
    int count = most % 2 == 0 ? most - 1 : most;
    return new Blocks(count, runs / count);
  }

  /** The seconds that a run took in the fastest portion. */
  private static double warmUp(IntConsumer task, Pace pace) {
    long begin = System.nanoTime();
    double best = Double.POSITIVE_INFINITY;
    int calm = 0;
    int runs = 1;
    while (true) {
      long start = System.nanoTime();
      task.accept(runs);
      long end = System.nanoTime();
      double one = Math.max(1, end - start) / 1e9 / runs;
      if (one < FASTER * best) {
        best = one;
        calm = 0;
      } else {
        calm++;
      }
      double elapsed = (end - begin) / 1e9;
      if (elapsed >= pace.warmUpMost() || (elapsed >= pace.warmUpLeast() && calm >= CALM)) {
        return best;
      }
      runs = Math.max(1, (int) (Math.min(PORTION, pace.warmUpMost() - elapsed) / one));
    }
  }
}
