package org.rondoml.rnn;

import org.jspecify.annotations.Nullable;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Regularizer;

/**
 * The keys that all recurrent layers have: how they go over a sequence and what they put out.
 *
 * @param activityRegularizer the penalty on the output
 * @param returnSequences whether every step's output is given, or the last one's
 * @param returnState whether the last states are outputs too
 * @param goBackwards whether the sequence is read from its end
 * @param stateful whether a batch starts from the last states of the batch before
 * @param unroll Keras' other loop, which differs in {@link MaskedZeros which steps are zeroed}
 *     alone
 * @param zeroOutputForMask whether a masked step puts out zeros
 */
public record SequenceConfig(
    @Description("Penalty on the output, added to the loss.")
        @Nullable Regularizer activityRegularizer,
    @Default("false") @Description("Whether every step's output is given, or the last one's.")
        boolean returnSequences,
    @Default("false") @Description("Whether the last states are outputs too.") boolean returnState,
    @Default("false")
        @Description("Whether the sequence is read from its end; the outputs stay in that order.")
        boolean goBackwards,
    @Default("false")
        @Description(
            "Whether a batch starts from the last states of the batch before, row by row, instead"
                + " of zeros.")
        boolean stateful,
    @Default("false")
        @Description(
            "Keras' other loop. Rondo's is the same either way, but for the steps that"
                + " zero_output_for_mask zeroes where the sequence is read from its end: as in"
                + " Keras, those of the mask read from its beginning.")
        boolean unroll,
    @Default("false")
        @Description("Whether a masked step puts out zeros, or the output of the step before it.")
        boolean zeroOutputForMask) {

  /** Which steps put out zeros. */
  MaskedZeros zeros() {
    if (!zeroOutputForMask) {
      return MaskedZeros.NONE;
    }
    return unroll && goBackwards && returnSequences
        ? MaskedZeros.MASKED_FROM_THE_OTHER_END
        : MaskedZeros.MASKED;
  }

  /** These keys without a penalty on the output. */
  SequenceConfig withoutActivityRegularizer() {
    return new SequenceConfig(
        null, returnSequences, returnState, goBackwards, stateful, unroll, zeroOutputForMask);
  }

  /** These keys for a layer that reads the other way. */
  SequenceConfig backwards(boolean reads) {
    return new SequenceConfig(
        activityRegularizer,
        returnSequences,
        returnState,
        reads,
        stateful,
        unroll,
        zeroOutputForMask);
  }

  /** These keys for a layer whose masked steps put out zeros, or repeat. */
  SequenceConfig zeroOutputForMask(boolean zeros) {
    return new SequenceConfig(
        activityRegularizer, returnSequences, returnState, goBackwards, stateful, unroll, zeros);
  }
}
