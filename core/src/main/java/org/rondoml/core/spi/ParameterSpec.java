package org.rondoml.core.spi;

import org.jspecify.annotations.Nullable;
import org.rondoml.api.Shape;

/**
 * A parameter that a layer asks for.
 *
 * @param name Keras' name: {@code kernel}, {@code recurrent_kernel}, {@code bias}; a layer inside
 *     another has the name of its {@linkplain LayerContext#nested place} in front, {@code
 *     forward_layer/kernel}
 * @param shape its shape
 * @param initializer draws its first values
 * @param group where Keras' files keep it below the layer: {@code cell} for a recurrent layer's,
 *     else empty
 * @param regularizer the penalty on its values that is added to the loss; null for none
 * @param constraint what it is brought back to after every update; null for nothing
 * @param trainable whether the optimizer changes it; false for what the layer itself {@linkplain
 *     LayerContext#next updates}
 */
public record ParameterSpec(
    String name,
    Shape shape,
    Initializer initializer,
    String group,
    @Nullable Regularizer regularizer,
    @Nullable Constraint constraint,
    boolean trainable) {
  /** A parameter that Keras' files keep directly below the layer. */
  public ParameterSpec(String name, Shape shape, Initializer initializer) {
    this(name, shape, initializer, "", null, null, true);
  }

  /** This parameter with a penalty on its values and a constraint. */
  public ParameterSpec with(@Nullable Regularizer penalty, @Nullable Constraint condition) {
    return new ParameterSpec(name, shape, initializer, group, penalty, condition, trainable);
  }

  /** This parameter, but not changed by the optimizer. */
  public ParameterSpec frozen() {
    return new ParameterSpec(name, shape, initializer, group, regularizer, constraint, false);
  }

  /** This parameter in a group of Keras' files below the layer. */
  public ParameterSpec in(String below) {
    return new ParameterSpec(name, shape, initializer, below, regularizer, constraint, trainable);
  }

  /**
   * This parameter as that of a layer around the one that asks for it.
   *
   * @param place the name of the inner layer's place, which its context is {@linkplain
   *     LayerContext#nested nested} under
   * @param below the group of Keras' files that the inner layer's are in
   */
  public ParameterSpec nested(String place, String below) {
    return new ParameterSpec(
        place + "/" + name,
        shape,
        initializer,
        group.isEmpty() ? below : below + "/" + group,
        regularizer,
        constraint,
        trainable);
  }
}
