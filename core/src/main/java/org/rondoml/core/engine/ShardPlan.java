package org.rondoml.core.engine;

import org.rondoml.core.graph.Graph;

/**
 * How a batch is cut into shards, which are computed at once: a rule of the batch alone, so that
 * results don't depend on the number of threads. Shards are consecutive rows of nearly equal
 * number.
 *
 * <p>Sixteen rows are enough for a matrix product to be near its peak on one core, so a batch of 32
 * keeps two cores busy; a batch is cut into at most eight, since every shard has gradients of its
 * own to add up.
 *
 * @param batchSize the rows of the batch
 * @param shards the number of shards
 */
public record ShardPlan(int batchSize, int shards) {
  private static final int ROWS = 16;
  private static final int MOST = 8;

  /**
   * The cut of a batch. That of a model with a layer that {@linkplain
   * org.rondoml.core.spi.Layer#mixesSamples mixes samples} stays whole.
   */
  public static ShardPlan of(Graph graph, int batchSize) {
    boolean whole = graph.steps().stream().anyMatch(s -> s.node().layer().mixesSamples());
    return whole ? new ShardPlan(batchSize, 1) : of(batchSize);
  }

  /** The cut of a batch of samples that don't know of each other. */
  static ShardPlan of(int batchSize) {
    return new ShardPlan(batchSize, Math.max(1, Math.min(MOST, batchSize / ROWS)));
  }

  /** The first row of a shard. */
  public int start(int shard) {
    return (int) ((long) batchSize * shard / shards);
  }

  /** The rows of a shard. */
  public int rows(int shard) {
    return start(shard + 1) - start(shard);
  }
}
