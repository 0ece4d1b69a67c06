package org.rondoml.core.spi;

import org.rondoml.api.Shape;

/**
 * A parameter that a layer asks for.
 *
 * @param name Keras' name: {@code kernel}, {@code recurrent_kernel}, {@code bias}
 * @param shape its shape
 * @param initializer draws its first values
 * @param group where Keras' files keep it below the layer: {@code cell} for a recurrent layer's,
 *     else empty
 */
public record ParameterSpec(String name, Shape shape, Initializer initializer, String group) {
  /** A parameter that Keras' files keep directly below the layer. */
  public ParameterSpec(String name, Shape shape, Initializer initializer) {
    this(name, shape, initializer, "");
  }
}
