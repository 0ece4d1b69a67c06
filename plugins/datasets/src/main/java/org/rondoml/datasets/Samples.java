package org.rondoml.datasets;

import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;

/** Arrays as rows of samples. */
final class Samples {
  private Samples() {}

  /**
   * Checks that an array has a first axis to count samples by.
   *
   * @param where the file, and the array in it, for messages
   */
  static void requireRows(INDArray array, String where) {
    if (array.rank() == 0) {
      throw new DataException(where + ": a single number; expected an array with one row a sample");
    }
  }

  /** An array that has been read. */
  static INDArray get(Map<String, INDArray> arrays, String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }
}
