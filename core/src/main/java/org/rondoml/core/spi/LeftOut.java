package org.rondoml.core.spi;

import java.util.List;

/**
 * Names that users know from Keras and that are no component on purpose, with what to write
 * instead. Found as {@link ComponentProvider}s are, by {@link java.util.ServiceLoader}.
 */
public interface LeftOut {
  /** The names. */
  List<Name> names();

  /**
   * A name.
   *
   * @param kind the kind of component that Keras has under it
   * @param name the name, as users write it
   * @param reason why there is none, and the cure; it follows {@code unknown loss 'circle': }
   */
  record Name(Class<?> kind, String name, String reason) {}
}
