package org.rondoml.core.spi;

import org.rondoml.api.Semantics;

/**
 * How the losses of a batch become one number.
 *
 * <p>Source: {@code reduce_weighted_values} in {@code keras/src/losses/loss.py}, {@code
 * compute_weighted_loss} in {@code tf_keras/src/utils/losses_utils.py}.
 */
public enum Reduction {
  /** {@link #SUM_OVER_BATCH_SIZE} under another name. */
  @KnownIn(
      value = {Semantics.TF1, Semantics.TF2},
      cure = "write sum_over_batch_size")
  AUTO,
  /** The sum of the weighted losses, divided by their number; masked ones don't count. */
  SUM_OVER_BATCH_SIZE,
  /** The sum of the weighted losses. */
  SUM,
  /** {@link #SUM_OVER_BATCH_SIZE} under another name. */
  @KnownIn(value = Semantics.KERAS3, cure = "write sum_over_batch_size")
  MEAN,
  /** The sum of the weighted losses, divided by the sum of the weights. */
  @KnownIn(value = Semantics.KERAS3, cure = "write sum_over_batch_size")
  MEAN_WITH_SAMPLE_WEIGHT,
  /** No number at all, which training can't use. */
  NONE
}
