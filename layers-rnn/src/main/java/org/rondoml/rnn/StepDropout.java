package org.rondoml.rnn;

import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.LayerContext;

/**
 * A dropout mask for the samples of a batch, drawn once a sequence and used at every time step: 0
 * with probability rate, else 1 / (1 - rate).
 */
final class StepDropout {
  private final LayerContext context;
  private final CellDropout dropout;
  private final double rate;
  private final String name;
  private final int length;
  private final Memory mask;
  private final Vec row;

  /**
   * A mask, not yet drawn.
   *
   * @param rate the share that is dropped
   * @param name tells it from the layer's others
   * @param length the number of elements of a sample
   */
  StepDropout(LayerContext context, CellDropout dropout, double rate, String name, int length) {
    this.context = context;
    this.dropout = dropout;
    this.rate = rate;
    this.name = name;
    this.length = length;
    mask = Memory.of(context.scratch("mask of " + name, context.batchSize(), length));
    row = context.window("row of mask of " + name, length);
  }

  /** Draws the mask for a sequence. */
  void draw() {
    Long seed = dropout.seed();
    RandomStream random = context.random().derive(name);
    RandomStream seeded = seed == null ? random : random.derive(seed);
    for (int sample = 0; sample < context.batchSize(); sample++) {
      row.writes(mask, (long) sample * length).drop(seeded, rate, 1 / (1 - rate)).done();
    }
  }

  /** The mask of a sample. */
  Vec of(int sample) {
    return row.reads(mask, (long) sample * length);
  }
}
