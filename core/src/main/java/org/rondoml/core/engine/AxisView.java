package org.rondoml.core.engine;

import org.rondoml.api.Precision;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;

/** The rows of samples along an axis that is not the last. */
final class AxisView extends RowView {
  private final RowView whole;
  private final int length;
  private final int stride;

  /**
   * Vectors for rows.
   *
   * @param whole shows the sample as a whole
   * @param length the elements of a row
   * @param stride how far they are from each other
   */
  AxisView(Precision precision, RowView whole, int length, int stride) {
    super(precision, whole.output().length() / length, length, length);
    this.whole = whole;
    this.length = length;
    this.stride = stride;
  }

  @Override
  void load(Memory targets, Memory outputs, int sample, int row) {
    if (row == 0) {
      whole.load(targets, outputs, sample, 0);
    }
    for (int k = 0; k < length; k++) {
      target().set(k, whole.target().get(place(row, k)));
      output().set(k, whole.output().get(place(row, k)));
    }
  }

  @Override
  void storeGradient(Memory gradients, int sample, int row) {
    Vec all = whole.gradient();
    for (int k = 0; k < length; k++) {
      all.set(place(row, k), gradient().get(k));
    }
    if (row == count() - 1) {
      whole.storeGradient(gradients, sample, 0);
    }
  }

  private int place(int row, int k) {
    return (row / stride * length + k) * stride + row % stride;
  }
}
