package org.rondoml.core.spi;

import org.rondoml.api.Shape;
import org.rondoml.core.random.RandomStream;

/** Draws the first values of a parameter. */
@Kind("initializer")
public interface Initializer {
  /**
   * Values for a parameter, row-major.
   *
   * @param shape the parameter's shape, which has been {@linkplain #check checked}
   * @param random where to draw from
   */
  double[] initialize(Shape shape, RandomStream random);

  /**
   * Checks the shape of a parameter to draw, before anything is drawn.
   *
   * @throws ShapeMismatchException where this can't
   */
  default void check(Shape parameter) {}

  /** Brings an initializer. */
  interface Provider<C extends Record> extends ComponentProvider<C, Initializer> {
    @Override
    default Class<Initializer> kind() {
      return Initializer.class;
    }
  }
}
