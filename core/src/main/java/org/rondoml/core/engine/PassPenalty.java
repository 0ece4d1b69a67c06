package org.rondoml.core.engine;

/** What layers add to the loss in one forward pass of a shard. */
final class PassPenalty {
  private final int rows;
  private int wholeBatchSize;
  private double sum;

  /**
   * A penalty of nothing.
   *
   * @param rows the samples of the shard, which are the whole batch unless more is said
   */
  PassPenalty(int rows) {
    this.rows = rows;
    wholeBatchSize = rows;
  }

  /** Tells the size of the batch that the shard is a part of. */
  void belongsTo(int batchSize) {
    wholeBatchSize = batchSize;
  }

  /**
   * The samples that a layer sees of the whole batch.
   *
   * @param seen the samples it sees of this shard: more than there are where each of them is many
   */
  int wholeBatchSize(int seen) {
    return Math.multiplyExact(wholeBatchSize, seen / rows);
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
