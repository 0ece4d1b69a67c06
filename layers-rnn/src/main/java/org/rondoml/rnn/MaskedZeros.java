package org.rondoml.rnn;

/** Which steps of a loop put out zeros. */
enum MaskedZeros {
  /** None: a masked step puts out what the step before it did. */
  NONE,

  /** The masked ones. */
  MASKED,

  /**
   * Those that are masked when the mask is read from its other end. Keras' unrolled loop goes
   * backwards over the steps and their mask, but zeroes its outputs, which are in the order of the
   * loop, by the mask as it was; what isn't zeroed where a step is masked is the output before it.
   * Source: {@code rnn} in {@code keras/src/backend/tensorflow/rnn.py}.
   */
  MASKED_FROM_THE_OTHER_END
}
