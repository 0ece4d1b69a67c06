package org.rondoml.standard.callbacks;

import java.util.Map;
import org.rondoml.core.spi.ConfigException;

/**
 * When a callback saves, Keras' {@code save_freq}: after every epoch, or whenever so many batches
 * have been trained on, counted through all epochs.
 *
 * @param batches the number of batches; 0 for after every epoch
 */
record SaveFrequency(int batches) {
  static final String KEY = "save_freq";
  static final String EPOCH = "epoch";

  /**
   * The frequency of a key's value.
   *
   * @throws ConfigException where it is neither {@code epoch} nor a number of batches
   */
  static SaveFrequency of(String text) {
    if (text.equals(EPOCH)) {
      return new SaveFrequency(0);
    }
    if (text.matches("[1-9][0-9]{0,8}")) {
      return new SaveFrequency(Integer.parseInt(text));
    }
    throw new ConfigException(
        KEY, "found " + text + ", expected epoch, or a number of batches such as 100");
  }

  boolean isEveryEpoch() {
    return batches == 0;
  }

  /** Counts the batches of one training. */
  static final class Counter {
    private static final String BATCHES = "batches";

    private final SaveFrequency frequency;
    private int seen;

    Counter(SaveFrequency frequency) {
      this.frequency = frequency;
    }

    /** Counts a batch; says whether it is time to save. */
    boolean isDue() {
      if (frequency.isEveryEpoch() || ++seen < frequency.batches()) {
        return false;
      }
      seen = 0;
      return true;
    }

    /** Adds what it remembers to a callback's state. */
    void addTo(Map<String, Double> state) {
      if (!frequency.isEveryEpoch()) {
        state.put(BATCHES, (double) seen);
      }
    }

    /** Goes on from what {@link #addTo} added. */
    void restore(Map<String, Double> state) {
      seen = state.getOrDefault(BATCHES, 0.0).intValue();
    }
  }
}
