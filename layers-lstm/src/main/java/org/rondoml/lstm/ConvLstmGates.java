package org.rondoml.lstm;

import org.jspecify.annotations.Nullable;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.LayerContext;

/**
 * The arithmetic of one step of a {@link ConvLstm} for one pixel, in the letters of the rule there,
 * with dx the gradient of the loss by x. Backward:
 *
 * <pre>
 * dc   += dh · o · activation'(c)
 * dz_o  = dh · activation(c) · recurrent_activation'(z_o)
 * dz_i  = dc · g · recurrent_activation'(z_i)
 * dz_f  = dc · c_{t-1} · recurrent_activation'(z_f)
 * dz_c  = dc · i · activation'(z_c)
 * dc_{t-1} = dc · f
 * </pre>
 *
 * <p>The gates' values, and then the gradients, are put where the pre-activations were. Only an
 * activation whose gradient can't be told from its value has the pre-activations kept beside them.
 */
final class ConvLstmGates {
  private final Activation activation;
  private final Activation recurrent;
  private final int filters;
  private final Memory gates;
  private final @Nullable Memory preActivations;

  private final Vec z;
  private final Vec i;
  private final Vec f;
  private final Vec g;
  private final Vec o;
  private final Vec c;
  private final Vec cBefore;
  private final Vec h;
  private final Vec dh;
  private final Vec dc;
  private final Vec a;
  private final Vec d;
  private final Vec dcSum;
  private final Vec iCopy;

  /**
   * The arithmetic on gates in memory.
   *
   * @param gates of shape (..., 4 filters)
   */
  ConvLstmGates(LayerContext context, ConvLstmConfig config, Memory gates) {
    activation = config.activation();
    recurrent = config.recurrentActivation();
    filters = config.filters();
    this.gates = gates;
    boolean keeps = activation.gradientNeedsInput() || recurrent.gradientNeedsInput();
    preActivations =
        keeps && !context.forwardOnly()
            ? Memory.of(context.scratch("pre-activations", gates.array().shape()))
            : null;
    z = context.window("z", filters);
    i = context.window("i", filters);
    f = context.window("f", filters);
    g = context.window("g", filters);
    o = context.window("o", filters);
    c = context.window("c", filters);
    cBefore = context.window("c before", filters);
    h = context.window("h", filters);
    dh = context.window("dh", filters);
    dc = context.window("dc", filters);
    a = context.vec("a", filters);
    d = context.vec("d", filters);
    dcSum = context.vec("dc sum", filters);
    iCopy = context.vec("i copy", filters);
  }

  /**
   * Makes the states of a pixel.
   *
   * @param at where its gates begin
   * @param before where its states before the step lie
   * @param hAfter where its h after the step lies
   * @param cAfter where its c after the step lies
   */
  void forward(long at, Memory hs, long hAfter, Memory cs, long before, long cAfter) {
    gate(recurrent, i, at);
    gate(recurrent, f, at + filters);
    gate(activation, g, at + 2L * filters);
    gate(recurrent, o, at + 3L * filters);
    cBefore.reads(cs, before);
    c.writes(cs, cAfter);
    c.sumOfProducts(f, cBefore, i, g).done();
    activation.forward(c, a);
    h.writes(hs, hAfter);
    h.multiply(o, a).done();
  }

  /** A gate's value from its pre-activation, in its place. */
  private void gate(Activation function, Vec value, long at) {
    value.updates(gates, at);
    if (preActivations != null) {
      z.writes(preActivations, at).copy(value).done();
    }
    function.forward(value, value);
    value.done();
  }

  /**
   * Goes back through a pixel's step: the gradients of its gates from those of its states, which
   * become that of c before the step, and zeros for h, which the convolution adds to.
   *
   * @param at where its gates begin
   * @param before where its c before the step lies
   * @param after where its c after the step lies
   * @param row where the gradients of its states lie
   */
  void backward(long at, Memory cs, long before, long after, Memory dhs, Memory dcs, long row) {
    i.updates(gates, at);
    f.updates(gates, at + filters);
    g.updates(gates, at + 2L * filters);
    o.updates(gates, at + 3L * filters);
    c.reads(cs, after);
    cBefore.reads(cs, before);
    dh.updates(dhs, row);
    dc.updates(dcs, row);

    // h = o · activation(c)
    activation.forward(c, a);
    d.multiply(dh, o);
    activation.backward(c, a, d, d);
    dcSum.add(dc, d);
    d.multiply(dh, a);
    recurrent.backward(zOf(at + 3L * filters), o, d, d);
    o.copy(d);
    // c = f · c before + i · g
    dc.multiply(dcSum, f);
    iCopy.copy(i);
    d.multiply(dcSum, g);
    recurrent.backward(zOf(at), i, d, d);
    i.copy(d);
    d.multiply(dcSum, cBefore);
    recurrent.backward(zOf(at + filters), f, d, d);
    f.copy(d);
    d.multiply(dcSum, iCopy);
    activation.backward(zOf(at + 2L * filters), g, d, d);
    g.copy(d);
    dh.fill(0);
    dh.done();
    dc.done();
    i.done();
    f.done();
    g.done();
    o.done();
  }

  /** A gate's pre-activation where it is kept; else anything. */
  private Vec zOf(long at) {
    return preActivations == null ? z : z.reads(preActivations, at);
  }
}
