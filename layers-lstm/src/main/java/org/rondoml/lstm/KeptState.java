package org.rondoml.lstm;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.rondoml.core.compute.Memory;

/**
 * The values of a state before and after the steps of a loop: of all of them, or of the last two.
 *
 * @param memory of shape (values, batch, ...), the initial value in front
 * @param values the number of values
 */
record KeptState(Memory memory, int values) {
  /** The elements of a value. */
  long block() {
    return memory.length() / values;
  }

  /** The shape of a value. */
  long[] shape() {
    long[] all = memory.array().shape();
    return java.util.Arrays.copyOfRange(all, 1, all.length);
  }

  /** Where the value before a step begins; the one after it is before the next. */
  long before(int step) {
    return step % values * block();
  }

  /** The value before a step. */
  INDArray value(int step) {
    return memory.array().get(NDArrayIndex.point(step % values));
  }
}
