package org.rondoml.core.spi;

import org.jspecify.annotations.Nullable;

/**
 * An update rule: an {@link ElementWiseOptimizer}, whose rule sees one element at a time, or a
 * {@link ParameterWiseOptimizer}, whose rule sees whole parameters.
 *
 * <p>An optimizer is pure: the number of steps done and what it keeps between them are handed to
 * it. It takes no part in what goes on around its rule, such as clipping, weight decay or moving
 * averages: the engine does that for all of them, by {@link OptimizerArguments}.
 */
@Kind(value = "optimizer", arguments = OptimizerArguments.class)
public sealed interface Optimizer permits ElementWiseOptimizer, ParameterWiseOptimizer {
  /** The learning rate before the first step, or a schedule of it. */
  Schedule learningRate();

  /**
   * Whether this is one of Keras' optimizers of before 2.11: it rounds its learning rate to single
   * precision, and may clip both values and a norm.
   */
  default boolean isLegacy() {
    return false;
  }

  /** Whether {@link OptimizerArguments#decay} makes the learning rate fall. */
  default boolean heedsDecay() {
    return true;
  }

  /**
   * The weight decay of an optimizer that has a key of its own for it; null where the {@linkplain
   * OptimizerArguments#weightDecay common one} counts.
   */
  default @Nullable Double weightDecay() {
    return null;
  }

  /** Brings an optimizer. */
  interface Provider<C extends Record> extends ComponentProvider<C, Optimizer> {
    @Override
    default Class<Optimizer> kind() {
      return Optimizer.class;
    }
  }
}
