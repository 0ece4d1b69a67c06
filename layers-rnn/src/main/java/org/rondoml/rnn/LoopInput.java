package org.rondoml.rnn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.compute.AxisOrder;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.spi.LayerContext;

/** The rows of a sequence, time-major and in the order of the loop. */
final class LoopInput {
  private final LayerContext context;
  private final boolean backwards;
  private final int steps;
  private final int batch;
  private final int features;

  /**
   * Rows of sequences of a size.
   *
   * @param backwards whether the last step comes first
   */
  LoopInput(LayerContext context, boolean backwards, int steps, int features) {
    this.context = context;
    this.backwards = backwards;
    this.steps = steps;
    this.batch = context.batchSize();
    this.features = features;
  }

  /** The rows: the sequence's own memory where it lies so, else a copy. */
  Memory timeMajor(INDArray sequence) {
    return !backwards && AxisOrder.isTimeMajor(sequence)
        ? context.dense("x as given", sequence)
        : copied(sequence);
  }

  /** The rows in memory of their own. */
  Memory copied(INDArray sequence) {
    Memory copy = context.dense("x copy", context.scratch("x", steps, batch, features));
    boolean given = AxisOrder.isTimeMajor(sequence);
    copyRows(context.dense("x as it lies", sequence), given, copy);
    return copy;
  }

  private void copyRows(Memory from, boolean fromTimeMajor, Memory to) {
    for (int t = 0; t < steps; t++) {
      int time = backwards ? steps - 1 - t : t;
      for (int sample = 0; sample < batch; sample++) {
        long row = fromTimeMajor ? (long) time * batch + sample : (long) sample * steps + time;
        to.copyFrom(from, row * features, ((long) t * batch + sample) * features, features);
      }
    }
  }

  /** What rows in the order of the loop are to the layer before: (batch, time, features). */
  INDArray inTime(Memory rows) {
    if (!backwards) {
      return rows.array().permute(1, 0, 2);
    }
    Memory forwards = Memory.of(context.scratch("x gradient in time", steps, batch, features));
    long step = (long) batch * features;
    for (int t = 0; t < steps; t++) {
      forwards.copyFrom(rows, (steps - 1 - t) * step, t * step, step);
    }
    return forwards.array().permute(1, 0, 2);
  }
}
