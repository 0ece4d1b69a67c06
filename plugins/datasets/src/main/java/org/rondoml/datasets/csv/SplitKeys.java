package org.rondoml.datasets.csv;

import org.jspecify.annotations.Nullable;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.datasets.Subset;

/**
 * The keys that divide a file into a training and a validation part.
 *
 * @param subset the part to use, or null for all
 * @param validationSplit the share of the validation part, or null where there are no parts
 * @param shuffle whether samples come in an order of chance
 * @param seed the seed of that order, or null where there is none
 */
record SplitKeys(
    @Nullable Subset subset,
    @Nullable Double validationSplit,
    boolean shuffle,
    @Nullable Long seed) {
  /**
   * Throws where keys need others, or exclude them.
   *
   * @param isSeries whether samples are windows of a time series
   */
  void check(boolean isSeries) {
    Subset.requireWithShare(subset, validationSplit);
    if (shuffle && isSeries) {
      throw new ConfigException(
          "shuffle",
          "would let the model see the future of its validation data; a time series is split in"
              + " order: leave it out");
    }
    if (shuffle != (seed != null)) {
      throw new ConfigException(
          shuffle ? "shuffle" : "seed",
          shuffle
              ? "needs a seed, such as seed: 42, the same for both parts of a file"
              : "is for shuffle: true only; leave it out");
    }
  }
}
