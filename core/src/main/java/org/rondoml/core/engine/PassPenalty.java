package org.rondoml.core.engine;

/** What layers add to the loss in one forward pass of a shard. */
final class PassPenalty {
  private int wholeBatchSize;
  private double sum;

  /**
   * A penalty of nothing.
   *
   * @param rows the samples of the shard, which are the whole batch unless more is said
   */
  PassPenalty(int rows) {
    wholeBatchSize = rows;
  }

  /** Tells the size of the batch that the shard is a part of. */
  void wholeBatchSize(int size) {
    wholeBatchSize = size;
  }

  int wholeBatchSize() {
    return wholeBatchSize;
  }

  /** Begins a forward pass. */
  void begin() {
    sum = 0;
  }

  void add(double penalty) {
    sum += penalty;
  }

  double sum() {
    return sum;
  }
}
