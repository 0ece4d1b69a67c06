package org.rondoml.datasets.csv;

import org.jspecify.annotations.Nullable;
import org.rondoml.core.spi.ConfigException;

/**
 * The keys that make samples of sequences, by the names and with the defaults of Keras' {@code
 * pad_sequences}.
 *
 * @param sequence the column that has the same in all rows of a sequence, or null where rows are no
 *     sequences
 * @param targetPer what has a target, or null for each step
 * @param maxlen steps of a sample, or null to find out
 * @param padding where steps are put, or null for before
 * @param truncating where steps are taken away, or null for before
 * @param value what the features of steps that are put there are, or null for 0
 */
record SequenceKeys(
    @Nullable String sequence,
    @Nullable TargetPer targetPer,
    @Nullable Integer maxlen,
    @Nullable Side padding,
    @Nullable Side truncating,
    @Nullable Double value) {
  /** Throws where keys need others, or exclude them. */
  void check(WindowKeys window, boolean hasTarget) {
    if (sequence == null) {
      requireAbsent("target_per", targetPer);
      requireAbsent("maxlen", maxlen);
      requireAbsent("padding", padding);
      requireAbsent("truncating", truncating);
      requireAbsent("value", value);
      return;
    }
    if (window.window() != null) {
      throw new ConfigException(
          "window",
          "makes samples of a number of rows, and sequence of rows with the same in a column; leave"
              + " out one of the two");
    }
    if (targetPer != null && !hasTarget) {
      throw new ConfigException("target_per", "is what has a target; expected a target");
    }
    if (truncating != null && maxlen == null) {
      throw new ConfigException(
          "truncating",
          "is where longer sequences are cut; expected maxlen: the steps of a sample");
    }
  }

  private static void requireAbsent(String key, @Nullable Object value) {
    if (value != null) {
      throw new ConfigException(
          key, "is for sequences; expected sequence: the column that tells them apart");
    }
  }

  boolean hasTargetPerSequence() {
    return targetPer == TargetPer.SEQUENCE;
  }

  Side paddingOrDefault() {
    return padding == null ? Side.PRE : padding;
  }

  Side truncatingOrDefault() {
    return truncating == null ? Side.PRE : truncating;
  }

  double valueOrDefault() {
    return value == null ? 0 : value;
  }
}
