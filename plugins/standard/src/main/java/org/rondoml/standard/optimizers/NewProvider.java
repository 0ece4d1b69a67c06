package org.rondoml.standard.optimizers;

import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Optimizer;

/** Brings an optimizer that there is only in Keras 2.11 and later, so that none knows decay. */
abstract class NewProvider<C extends Record> implements Optimizer.Provider<C> {
  @Override
  public @Nullable String unknown(String argument, Semantics semantics) {
    return argument.equals("decay")
        ? id()
            + " has no decay; write the same as learning_rate: {InverseTimeDecay:"
            + " {initial_learning_rate: ..., decay_steps: 1, decay_rate: ...}}"
        : null;
  }
}
