package org.rondoml.lstm;

import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.rnn.BackwardLoop;
import org.rondoml.rnn.FusedCell;
import org.rondoml.rnn.PreActivations;
import org.rondoml.rnn.Slope;
import org.rondoml.rnn.TimeLoop;

/**
 * The arithmetic of one step of an {@link LSTM} for one sample, forward and backward, in the
 * letters of the rule there; {@code dx} is the gradient of the loss by x.
 *
 * <p>The gates' values are kept where their pre-activations were. Only an activation whose gradient
 * can't be told from its value has the pre-activations kept beside them.
 */
final class LstmKernel implements FusedCell.Kernel {
  private final TimeLoop loop;
  private final Activation activation;
  private final Activation recurrent;
  private final Slope activationSlope;
  private final Slope recurrentSlope;
  private final int u;
  private final PreActivations preActivations;

  private final Vec i;
  private final Vec f;
  private final Vec g;
  private final Vec o;
  private final Vec c;
  private final Vec cBefore;
  private final Vec a;
  private final Vec h;
  private final Vec dh;
  private final Vec dc;
  private final Vec dcSum;
  private final Vec iCopy;

  LstmKernel(LayerContext context, TimeLoop loop, LSTMCell.Config config) {
    this.loop = loop;
    this.activation = config.activation();
    this.recurrent = config.recurrentActivation();
    this.u = config.units();
    preActivations = new PreActivations(context, loop, u, activation, recurrent);
    activationSlope = Slope.of(activation, context, u);
    recurrentSlope = Slope.of(recurrent, context, u);
    i = context.window("i", u);
    f = context.window("f", u);
    g = context.window("g", u);
    o = context.window("o", u);
    c = context.window("c", u);
    cBefore = context.window("c before", u);
    a = context.vec("a", u);
    h = context.window("h", u);
    dh = context.window("dh", u);
    dc = context.window("dc", u);
    dcSum = context.vec("dc sum", u);
    iCopy = context.vec("i copy", u);
  }

  @Override
  public void forward(int t, int sample) {
    long at = loop.gatesAt(t, sample);
    gate(recurrent, i, at);
    gate(recurrent, f, at + u);
    gate(activation, g, at + 2L * u);
    gate(recurrent, o, at + 3L * u);
    cBefore.reads(loop.state(1), loop.before(1, t, sample));
    c.writes(loop.state(1), loop.after(1, t, sample));
    c.sumOfProducts(f, cBefore, i, g).done();
    activation.forward(c, a);
    h.writes(loop.state(0), loop.after(0, t, sample));
    h.multiply(o, a).done();
  }

  /** A gate's value from its pre-activation, in its place. */
  private void gate(Activation function, Vec value, long at) {
    preActivations.apply(function, value.updates(loop.gates(), at), at);
  }

  @Override
  public void backward(int t, int sample, BackwardLoop gradients) {
    long at = loop.gatesAt(t, sample);
    i.updates(loop.gates(), at);
    f.updates(loop.gates(), at + u);
    g.updates(loop.gates(), at + 2L * u);
    o.updates(loop.gates(), at + 3L * u);
    c.reads(loop.state(1), loop.after(1, t, sample));
    cBefore.reads(loop.state(1), loop.before(1, t, sample));
    dh.reads(gradients.stateGradient(0), gradients.gradientAt(sample));
    dc.updates(gradients.stateGradient(1), gradients.gradientAt(sample));

    // h = o * activation(c)
    activation.forward(c, a);
    activationSlope.addGradient(dc, c, a, dh, o, dcSum);
    recurrentSlope.gradient(preActivations.of(at + 3L * u), o, dh, a, o);
    // c = f * c before + i * g
    iCopy.copy(i);
    dc.multiply(dcSum, f);
    recurrentSlope.gradient(preActivations.of(at), i, dcSum, g, i);
    recurrentSlope.gradient(preActivations.of(at + u), f, dcSum, cBefore, f);
    activationSlope.gradient(preActivations.of(at + 2L * u), g, dcSum, iCopy, g);
    dc.done();
    i.done();
    f.done();
    g.done();
    o.done();
  }
}
