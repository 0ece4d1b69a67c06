package org.rondoml.core.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;

/**
 * An optimizer that needs whole parameters with their shape, for sums over rows and columns or for
 * norms. The engine updates several parameters at once, each by one thread.
 */
public non-sealed interface ParameterWiseOptimizer extends Optimizer {
  /** What is kept for a parameter of a shape. */
  List<Slot> slots(Shape parameter);

  /** The shapes of arrays that the rule computes in: it finds them behind the slots. */
  default List<Shape> scratch(Shape parameter) {
    return List.of();
  }

  /**
   * The rule of one step. What depends only on the step is computed here, once.
   *
   * @param iteration updates done before this one
   * @param learningRate the rate of this step: that of the {@linkplain #learningRate schedule}
   *     unless a callback changed it
   */
  Rule step(long iteration, double learningRate);

  /**
   * An array kept for a parameter.
   *
   * @param name its name, {@code velocity}
   * @param shape its shape
   * @param initialValue its elements before the first update
   */
  record Slot(String name, Shape shape, double initialValue) {
    /** An array of zeros at first. */
    public Slot(String name, Shape shape) {
      this(name, shape, 0);
    }
  }

  /** The rule of one step, for a parameter. */
  @FunctionalInterface
  interface Rule {
    /**
     * Updates a parameter and its slots in place.
     *
     * @param w the parameter, row-major; its {@linkplain Memory#array array} has the shape
     * @param g the gradient, of the same shape; may be used as scratch
     * @param squares for a table whose uses count each by itself the sums of their squares, of the
     *     same shape, which may be used as scratch; see {@link Gradient}. Null where the squares
     *     are those of g
     * @param slots the slots in their order, then the scratch arrays with any values
     */
    void update(Memory w, Memory g, @Nullable Memory squares, List<Memory> slots);
  }
}
