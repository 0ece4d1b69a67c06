package org.rondoml.dsl.command;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The numbers of a row of an array, written in the precision that they have.
 *
 * @param array an array of rows
 * @param row the number of the row
 */
record Numbers(INDArray array, long row) {
  /** How many there are. */
  int count() {
    return array.columns();
  }

  /** One of them. */
  double value(int column) {
    return array.getDouble(row, column);
  }

  /** The place of the largest, the first where several are. */
  int largest() {
    int best = 0;
    for (int i = 1; i < count(); i++) {
      if (value(i) > value(best)) {
        best = i;
      }
    }
    return best;
  }

  /** One of them as text. */
  String text(int column) {
    return isSingle()
        ? Float.toString(array.getFloat(row, column))
        : Double.toString(array.getDouble(row, column));
  }

  /** What is missing to 1, as text. */
  String restText(int column) {
    return isSingle()
        ? Float.toString(1 - array.getFloat(row, column))
        : Double.toString(1 - array.getDouble(row, column));
  }

  private boolean isSingle() {
    return array.dataType() == DataType.FLOAT;
  }
}
