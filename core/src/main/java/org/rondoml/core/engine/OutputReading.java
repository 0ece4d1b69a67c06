package org.rondoml.core.engine;

import org.jspecify.annotations.Nullable;
import org.rondoml.api.DataException;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.spi.Mask;

/**
 * What a forward pass on a shard has put out, beside the samples that it was for.
 *
 * @param batch the batch
 * @param first the place of the shard's first sample in the order of the batch
 * @param samples the number of the shard's samples
 * @param targets what the outputs are compared with
 * @param outputs the outputs, sample by sample and row by row
 * @param logits what went into their activation, where anyone reads it
 * @param mask which steps count; null for all
 */
record OutputReading(
    Batch batch,
    int first,
    int samples,
    Memory targets,
    Memory outputs,
    @Nullable Memory logits,
    @Nullable Mask mask) {
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

  /** Whether a row is not masked; consecutive rows of a sample share a step of the mask. */
  boolean isValid(int sample, int row, int rowsOfSample) {
    return mask == null
        || mask.isValid(sample, (int) ((long) row * mask.positions() / rowsOfSample));
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
