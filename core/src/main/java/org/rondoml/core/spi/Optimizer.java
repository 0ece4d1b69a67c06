package org.rondoml.core.spi;

import java.util.List;
import org.rondoml.core.compute.Vec;

/**
 * An update rule. It is pure: iteration and slots are handed to it. The rule is element-wise, so
 * the engine applies it to one flat block of all parameters, a vector at a time, on several
 * threads, always in the same way.
 */
@Kind("optimizer")
public interface Optimizer {
  /**
   * The names of the slots: values kept for each element of the parameters, zero at first; {@code
   * m}, {@code v}.
   */
  List<String> slots();

  /** The learning rate before the first step, or a schedule of it. */
  Schedule learningRate();

  /**
   * The rule of one step. What depends only on the step is computed here, once.
   *
   * @param iteration steps done before this one
   * @param learningRate the rate of this step: that of the {@linkplain #learningRate schedule}
   *     unless a callback changed it
   */
  Rule step(long iteration, double learningRate);

  /** The rule of one step, for a stretch of elements. */
  @FunctionalInterface
  interface Rule {
    /**
     * Updates weights and slots in place.
     *
     * @param w the weights
     * @param g the gradients; may be used as scratch
     * @param slots the slots in their order
     */
    void update(Vec w, Vec g, List<Vec> slots);
  }

  /** Brings an optimizer. */
  interface Provider<C extends Record> extends ComponentProvider<C, Optimizer> {
    @Override
    default Class<Optimizer> kind() {
      return Optimizer.class;
    }
  }
}
