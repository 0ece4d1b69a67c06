package org.rondoml.rnn;

import org.jspecify.annotations.Nullable;

/**
 * What a cell drops in training. Masks are drawn once a sequence and used at every time step (Gal
 * and Ghahramani, 2016; Keras {@code layers/rnn/dropout_rnn_cell.py}).
 *
 * @param inputs the share of the inputs that is dropped
 * @param states the share of the state h that is dropped before the recurrent kernel multiplies it
 * @param perGate whether each gate has masks of its own, or all have the same
 * @param seed the seed of the masks beside that of the model; null for the model's alone
 */
public record CellDropout(double inputs, double states, boolean perGate, @Nullable Long seed) {
  /** Nothing is dropped. */
  public static final CellDropout NONE = new CellDropout(0, 0, false, null);

  /**
   * What Keras' cells with several gates drop: each gate has masks of its own in implementation 1,
   * which {@code recurrent_dropout} forces.
   */
  public static CellDropout ofGates(
      double dropout, double recurrentDropout, int implementation, @Nullable Long seed) {
    return new CellDropout(
        dropout, recurrentDropout, implementation == 1 || recurrentDropout > 0, seed);
  }
}
