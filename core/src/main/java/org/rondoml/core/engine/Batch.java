package org.rondoml.core.engine;

/** Some samples, computed at once. */
final class Batch {
  private final SampleData data;
  private final int[] order;
  private final int start;
  private final int size;

  /**
   * Samples that stand together in an order.
   *
   * @param order the numbers of all samples of the data, in the order of the epoch
   * @param start where the batch begins in the order
   */
  Batch(SampleData data, int[] order, int start, int size) {
    this.data = data;
    this.order = order;
    this.start = start;
    this.size = size;
  }

  SampleData data() {
    return data;
  }

  int[] order() {
    return order;
  }

  int start() {
    return start;
  }

  int size() {
    return size;
  }
}
