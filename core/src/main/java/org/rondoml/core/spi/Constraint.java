package org.rondoml.core.spi;

import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;

/**
 * A condition that a parameter is brought back to after every update.
 *
 * <p>Source of Keras': {@code keras/src/constraints/constraints.py}.
 */
@Kind("constraint")
public interface Constraint {
  /**
   * Changes a parameter so that it holds the condition.
   *
   * @param parameter row-major; its {@linkplain Memory#array array} has the shape
   * @param scratch as long as the parameter, with any values, to compute in
   */
  void apply(Memory parameter, Memory scratch);

  /**
   * Checks the shape of a parameter to constrain.
   *
   * @throws ShapeMismatchException where this can't
   */
  default void check(Shape parameter) {}

  /** Brings a constraint. */
  interface Provider<C extends Record> extends ComponentProvider<C, Constraint> {
    @Override
    default Class<Constraint> kind() {
      return Constraint.class;
    }
  }
}
