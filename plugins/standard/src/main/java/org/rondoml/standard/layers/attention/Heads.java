package org.rondoml.standard.layers.attention;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.standard.layers.RowMap;

/**
 * Rows that have the vectors of all heads one after the other, and the same vectors sorted by
 * sample and head, as {@link Attending} takes them.
 */
final class Heads {
  private final LayerContext context;
  private final String name;
  private final int samples;
  private final int steps;
  private final int heads;
  private final int size;
  private final RowMap positions;

  /**
   * The heads of a sequence.
   *
   * @param like an array whose rows lie in the order of those that are sorted
   * @param heads the number of heads
   * @param size the length of a vector of one
   */
  Heads(LayerContext context, String name, INDArray like, int heads, int size) {
    this.context = context;
    this.name = name;
    this.heads = heads;
    this.size = size;
    positions = RowMap.rowMajor(like);
    samples = Math.toIntExact(like.size(0));
    steps = positions.rows() / samples;
  }

  int steps() {
    return steps;
  }

  int size() {
    return size;
  }

  /** The memory of the vectors sorted by sample and head. */
  Memory sorted() {
    String key = name + " (sorted)";
    return context.dense(key, context.scratch(key, samples, heads, steps, size));
  }

  /** Sorts rows. */
  Memory sort(Memory rows) {
    Memory sorted = sorted();
    for (int row = 0; row < positions.rows(); row++) {
      for (int head = 0; head < heads; head++) {
        sorted.copyFrom(rows, joinedAt(row, head), sortedAt(row, head), size);
      }
    }
    return sorted;
  }

  /** Puts the vectors of {@link #sorted} in rows again. */
  Memory join() {
    String key = name + " (joined)";
    Memory joined = context.dense(key, context.scratch(key, positions.rows(), (long) heads * size));
    Memory sorted = sorted();
    for (int row = 0; row < positions.rows(); row++) {
      for (int head = 0; head < heads; head++) {
        joined.copyFrom(sorted, sortedAt(row, head), joinedAt(row, head), size);
      }
    }
    return joined;
  }

  private long joinedAt(int row, int head) {
    return ((long) row * heads + head) * size;
  }

  private long sortedAt(int row, int head) {
    int sample = positions.offset(row) / steps;
    int step = positions.offset(row) % steps;
    return (((long) sample * heads + head) * steps + step) * size;
  }
}
