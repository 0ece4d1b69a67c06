package org.rondoml.core.engine;

import org.jspecify.annotations.Nullable;
import org.rondoml.api.DataException;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.Padding;

/**
 * What a forward pass on a shard has put out, beside the samples that it was for.
 *
 * @param batch the batch
 * @param first the place of the shard's first sample in the order of the batch
 * @param samples the number of the shard's samples
 * @param targets what the outputs are compared with
 * @param outputs the outputs, sample by sample and row by row
 * @param logits what went into their activation, where anyone reads it
 * @param mask which steps count for the layers; null for all
 * @param padding which steps the data doesn't have; null for none
 */
record OutputReading(
    Batch batch,
    int first,
    int samples,
    Memory targets,
    Memory outputs,
    @Nullable Memory logits,
    @Nullable Mask mask,
    @Nullable Padding padding) {
  /** The outputs, or what went into their activation. */
  Memory rows(boolean asLogits) {
    Memory found = asLogits ? logits : outputs;
    if (found == null) {
      throw new IllegalStateException("the logits were not read");
    }
    return found;
  }

  /** Whether samples have weights. */
  boolean isWeighted() {
    return batch.data().weights() != null;
  }

  /** Whether there are rows that don't count. */
  boolean leavesOut() {
    return mask != null || padding != null;
  }

  /**
   * Whether a row is neither masked nor padding; consecutive rows of a sample share a step of the
   * mask.
   */
  boolean isValid(int sample, int row, int rowsOfSample) {
    return !isPadding(sample, row, rowsOfSample)
        && (mask == null
            || mask.isValid(sample, (int) ((long) row * mask.positions() / rowsOfSample)));
  }

  /**
   * Whether a row is padding; consecutive rows of a sample share a step. Fewer rows than steps are
   * none of single steps.
   */
  boolean isPadding(int sample, int row, int rowsOfSample) {
    return padding != null
        && rowsOfSample % padding.steps() == 0
        && padding.isPadding(number(sample), (int) ((long) row * padding.steps() / rowsOfSample));
  }

  /** The weight of a row. */
  double weight(int sample, int row, int rowsOfSample) {
    SampleWeights weights = batch.data().weights();
    return weights == null ? 1 : weights.of(number(sample), row, rowsOfSample);
  }

  /** A mistake in a sample, with the number it has in its data. */
  DataException about(int sample, DataException e) {
    return batch.data().about(number(sample), e);
  }

  private int number(int sample) {
    return batch.order()[first + sample];
  }
}
