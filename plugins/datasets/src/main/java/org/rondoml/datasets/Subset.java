package org.rondoml.datasets;

import org.jspecify.annotations.Nullable;
import org.rondoml.core.spi.ConfigException;

/** A part of a file that serves both training and validation. */
public enum Subset {
  /** What is to be trained on: what comes first. */
  TRAINING,
  /** What is to be evaluated on: what comes last. */
  VALIDATION;

  /**
   * Checks the keys {@code subset} and {@code validation_split} of a source.
   *
   * @throws ConfigException where one of them is there without the other
   */
  public static void requireWithShare(@Nullable Subset subset, @Nullable Double validationSplit) {
    if ((subset == null) != (validationSplit == null)) {
      throw new ConfigException(
          subset == null ? "validation_split" : "subset",
          subset == null
              ? "needs subset: training or validation, the part to use"
              : "needs validation_split, the share of the validation part, such as 0.2");
    }
  }

  /** How many of a file's rows or tokens are in the training part; what is left over is not. */
  public static int trainingCount(int all, double validationSplit) {
    return (int) Math.floor(all * (1 - validationSplit)); // as Keras cuts
  }
}
