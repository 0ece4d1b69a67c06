package org.rondoml.core.spi;

import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;

/**
 * A penalty on the values of a parameter, or of a layer's output, that is added to the loss.
 *
 * <p>Source of Keras': {@code keras/src/regularizers/regularizers.py}.
 */
@Kind("regularizer")
public interface Regularizer {
  /**
   * The penalty.
   *
   * @param values a parameter, or a layer's outputs for some samples; its {@linkplain Memory#array
   *     array} has the shape
   */
  double penalty(Memory values);

  /**
   * Adds scale · d penalty / d values to a gradient.
   *
   * @param gradient from an offset on, in the order of the values
   */
  void addGradient(Memory values, double scale, Memory gradient, long offset);

  /**
   * Checks the shape of a parameter to penalize.
   *
   * @throws ShapeMismatchException where this can't
   */
  default void checkParameter(Shape shape) {}

  /**
   * Checks the shape of a layer's output to penalize. The penalty of several samples is the sum of
   * theirs.
   *
   * @param shape that of a sample
   * @throws ShapeMismatchException where this can't
   */
  default void checkOutput(Shape shape) {}

  /** Brings a regularizer. */
  interface Provider<C extends Record> extends ComponentProvider<C, Regularizer> {
    @Override
    default Class<Regularizer> kind() {
      return Regularizer.class;
    }
  }
}
