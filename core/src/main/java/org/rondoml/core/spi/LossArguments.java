package org.rondoml.core.spi;

import org.jspecify.annotations.Nullable;

/**
 * The keys that every loss has among its own.
 *
 * @param reduction how the losses of a batch become one number
 * @param name Keras' name of the loss; null for that of its class
 */
public record LossArguments(
    @Description("how the losses of a batch become one number")
        @Default(value = "sum_over_batch_size", tf1 = "auto", tf2 = "auto")
        Reduction reduction,
    @Description("Keras' name; nothing goes by it: the log names losses by their outputs")
        @Nullable String name) {
  /** Checks that the losses become a number. */
  public LossArguments {
    if (reduction == Reduction.NONE) {
      throw new ConfigException(
          "reduction",
          "found none, which leaves a loss for each sample, but training makes one number small:"
              + " write sum_over_batch_size or sum");
    }
  }
}
