package org.rondoml.core.spi;

import java.util.List;
import org.rondoml.core.compute.Vec;

/**
 * An optimizer that treats every element by itself: the engine applies it to one flat block of all
 * parameters, a vector at a time, on several threads, always in the same way.
 */
public non-sealed interface ElementWiseOptimizer extends Optimizer {
  /** What is kept for each element of the parameters. */
  List<Slot> slots();

  /** How many vectors the rule computes in: it finds them behind the slots. */
  default int scratch() {
    return 0;
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
   * A value kept for each element.
   *
   * @param name its name, {@code velocity}
   * @param initialValue its value before the first update
   */
  record Slot(String name, double initialValue) {
    /** A value that is zero at first. */
    public Slot(String name) {
      this(name, 0);
    }
  }

  /** The rule of one step, for a stretch of elements. */
  @FunctionalInterface
  interface Rule {
    /**
     * Updates weights and slots in place.
     *
     * @param w the weights
     * @param g the gradients
     * @param slots the slots in their order, then the scratch vectors with any values
     */
    void update(Vec w, Gradient g, List<Vec> slots);
  }
}
