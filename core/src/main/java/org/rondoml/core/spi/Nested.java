package org.rondoml.core.spi;

import java.util.List;

/**
 * A layer, or a cell of one, inside another: the value of a key such as {@code layer} of {@code
 * TimeDistributed}. It may have the keys that every layer has.
 *
 * @param <T> the kind of component
 * @param id the component's id, {@code LSTM}
 * @param component the component
 * @param arguments the keys that every layer has
 */
public record Nested<T>(String id, T component, LayerArguments arguments) {
  /** Whether its parameters are frozen. */
  public boolean isFrozen() {
    return !arguments.trainable() && !(component instanceof Layer layer && !layer.heedsTrainable());
  }

  /**
   * Parameters that the component asks for, as the layer around it asks for them.
   *
   * @param place the name of the component's place, which its context is {@linkplain
   *     LayerContext#nested nested} under
   * @param group the group of Keras' files that its parameters are in
   */
  public List<ParameterSpec> parameters(List<ParameterSpec> own, String place, String group) {
    return own.stream()
        .map(p -> isFrozen() ? p.frozen() : p)
        .map(p -> p.nested(place, group))
        .toList();
  }
}
