package org.rondoml.rnn;

import org.rondoml.core.spi.Layer;

/** A layer that goes over a sequence, as far as {@link Bidirectional} needs to know it. */
public interface Recurrent extends Layer {
  /** Whether every step's output is given, or the last one's. */
  boolean returnsSequences();

  /** Whether the last states are outputs too. */
  boolean returnsState();

  /** Whether the sequence is read from its end. */
  boolean goesBackwards();

  /**
   * The same layer with another direction and another output at masked steps.
   *
   * @param backwards whether the sequence is read from its end
   * @param zeroOutputForMask whether a masked step puts out zeros
   */
  Recurrent with(boolean backwards, boolean zeroOutputForMask);
}
