package org.rondoml.standard.optimizers;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Optimizer;

/**
 * Brings an optimizer that is in tf1 and tf2 the one of before Keras 2.11, in {@code
 * tf_keras.optimizers.legacy}.
 */
abstract class LegacyProvider<C extends Record> implements Optimizer.Provider<C> {
  private static final Set<String> SINCE =
      Set.of("weight_decay", "use_ema", "ema_momentum", "ema_overwrite_frequency");

  @Override
  public @Nullable String unknown(String argument, Semantics semantics) {
    return semantics == Semantics.KERAS3 || !SINCE.contains(argument)
        ? null
        : "not known in semantics: "
            + semantics
            + ", whose "
            + id()
            + " is that of before Keras 2.11; drop it, take AdamW, or write semantics: keras3";
  }
}
