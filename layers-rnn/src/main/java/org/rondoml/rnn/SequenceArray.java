package org.rondoml.rnn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.compute.AxisOrder;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.spi.LayerContext;

/**
 * The rows along the last axis of an array (batch, time, ..., width) or (batch, ..., width),
 * whether it lies with the steps of a sample together or with the samples of a step.
 *
 * @param array the array
 * @param memory its memory, without gaps
 * @param timeMajor whether the samples of a step lie together
 * @param batch the number of samples
 * @param steps the number of steps; 1 for an array without a time axis
 * @param inner the number of rows of a step and sample
 * @param width the length of a row
 */
record SequenceArray(
    INDArray array, Memory memory, boolean timeMajor, int batch, int steps, int inner, int width) {

  /** An array, or a copy of it under a key where its order is another. */
  static SequenceArray of(LayerContext context, String key, INDArray array, boolean hasTime) {
    boolean timeMajor =
        hasTime && !AxisOrder.isRowMajor(array) && AxisOrder.isRowMajor(array.swapAxes(0, 1));
    if (timeMajor || AxisOrder.isRowMajor(array)) {
      return of(array, context.dense(key, array), timeMajor, hasTime);
    }
    INDArray copy = context.scratch(key + " (row-major)", array.shape());
    copy.assign(array);
    return of(copy, context.dense(key + " (row-major)", copy), false, hasTime);
  }

  private static SequenceArray of(
      INDArray array, Memory memory, boolean timeMajor, boolean hasTime) {
    int batch = Math.toIntExact(array.size(0));
    int steps = hasTime ? Math.toIntExact(array.size(1)) : 1;
    int width = Math.toIntExact(array.size(array.rank() - 1));
    int inner = Math.toIntExact(array.length() / ((long) batch * steps * width));
    return new SequenceArray(array, memory, timeMajor, batch, steps, inner, width);
  }

  /** Scratch of the same layout, with rows of another length. */
  SequenceArray scratch(LayerContext context, String key, int length) {
    long[] shape = array.shape().clone();
    shape[shape.length - 1] = length;
    if (timeMajor) {
      long first = shape[0];
      shape[0] = shape[1];
      shape[1] = first;
    }
    INDArray made = context.scratch(key, shape);
    Memory dense = context.dense(key, made);
    INDArray seen = timeMajor ? made.swapAxes(0, 1) : made;
    return new SequenceArray(seen, dense, timeMajor, batch, steps, inner, length);
  }

  /** Where a row begins. */
  long at(int sample, int step, int row) {
    long place = timeMajor ? (long) step * batch + sample : (long) sample * steps + step;
    return (place * inner + row) * width;
  }
}
