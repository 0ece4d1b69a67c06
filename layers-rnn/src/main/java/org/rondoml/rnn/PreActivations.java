package org.rondoml.rnn;

import org.jspecify.annotations.Nullable;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.LayerContext;

/**
 * Gates whose values are kept where their pre-activations were. Only where an activation's gradient
 * can't be told from its value are the pre-activations kept beside them.
 */
public final class PreActivations {
  private final @Nullable Memory memory;
  private final Vec z;

  /**
   * What gates with these activations have to keep.
   *
   * @param activations the activations
   */
  public PreActivations(LayerContext context, TimeLoop loop, int units, Activation... activations) {
    boolean needed = false;
    for (Activation activation : activations) {
      needed |= activation.gradientNeedsInput();
    }
    memory =
        needed && !context.forwardOnly()
            ? Memory.of(
                context.scratch(
                    "pre-activations", loop.keptGates(), context.batchSize(), loop.width()))
            : null;
    z = context.window("pre-activation", units);
  }

  /**
   * A gate's value from its pre-activation, in its place.
   *
   * @param gate stands for the pre-activation
   * @param at where the gate lies among the gates
   */
  public void apply(Activation function, Vec gate, long at) {
    if (memory != null) {
      z.writes(memory, at).copy(gate).done();
    }
    function.forward(gate, gate);
    gate.done();
  }

  /** A gate's pre-activation where it is kept; else anything. */
  public Vec of(long at) {
    return memory == null ? z : z.reads(memory, at);
  }
}
