package org.rondoml.core.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;

/**
 * Brings one component: a layer, an optimizer, a loss, ... Providers are found by {@link
 * java.util.ServiceLoader}, so each is named in {@code
 * META-INF/services/org.rondoml.core.spi.ComponentProvider} of its jar and has a public constructor
 * without arguments.
 *
 * @param <C> the config record: its components are the keys of the YAML file, in the order of
 *     Keras' arguments; the first is the one meant by {@code Name: value}
 * @param <T> the kind of component
 */
public interface ComponentProvider<C extends Record, T> {
  /** The kind: an interface with {@link Kind}, such as {@code Layer.class}. */
  Class<T> kind();

  /** The Keras class name, {@code LSTM}; {@code vendor/Name} for third parties. */
  String id();

  /**
   * Other names, such as {@code mse}. The snake_case form of the id ({@code mean_squared_error}) is
   * understood without being listed.
   */
  default List<String> aliases() {
    return List.of();
  }

  /**
   * Whether the component does not know one of the keys that {@linkplain Kind#arguments every
   * component of its kind} has.
   *
   * @param argument the key, {@code weight_decay}
   * @return why it doesn't, and the cure; null where it knows the key
   */
  default @Nullable String unknown(String argument, Semantics semantics) {
    return null;
  }

  /** Other names that only some generations of Keras know. */
  default List<OldName> oldNames() {
    return List.of();
  }

  /** The config record. */
  Class<C> configType();

  /** The component for a checked config. */
  T create(C config, Semantics semantics);
}
