package org.rondoml.core.config;

import org.rondoml.core.spi.ComponentProvider;

/** Where the binder looks up components by name. */
public interface Components {
  /** The component of a kind that goes by a name: id, alias, or snake_case of the id. */
  <T> Lookup<T> find(Class<T> kind, String name);

  /** What a look-up gives. */
  sealed interface Lookup<T> {}

  /**
   * There is one.
   *
   * @param provider brings it
   * @param origin the jar it comes from, for messages
   */
  record Found<T>(ComponentProvider<?, T> provider, String origin) implements Lookup<T> {}

  /**
   * There is none, or more than one.
   *
   * @param message what is wrong, and the cure
   */
  record Missing<T>(String message) implements Lookup<T> {}
}
