package org.rondoml.lstm;

import org.jspecify.annotations.Nullable;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.rnn.FusedCell;
import org.rondoml.rnn.TimeLoop;

/**
 * The arithmetic of one step of an {@link LSTM} for one sample, forward and backward, in the
 * letters of the rule there; {@code dx} is the gradient of the loss by x.
 *
 * <p>The gates' values are kept where their pre-activations were. Only an activation whose gradient
 * can't be told from its value has the pre-activations kept beside them.
 */
final class LstmKernel implements FusedCell.Kernel {
  private final LayerContext context;
  private final TimeLoop loop;
  private final Activation activation;
  private final Activation recurrent;
  private final boolean useBias;
  private final int u;
  private final @Nullable Memory preActivations;

  private final Vec i;
  private final Vec f;
  private final Vec g;
  private final Vec o;
  private final Vec c;
  private final Vec cBefore;
  private final Vec a;
  private final Vec h;
  private final Vec z;
  private final Vec dh;
  private final Vec dc;
  private final Vec d;
  private final Vec[] b;
  private final Vec[] db;

  LstmKernel(LayerContext context, TimeLoop loop, LSTM.Config config) {
    this.context = context;
    this.loop = loop;
    this.activation = config.activation();
    this.recurrent = config.recurrentActivation();
    this.useBias = config.useBias();
    this.u = config.units();
    this.preActivations =
        activation.gradientNeedsInput() || recurrent.gradientNeedsInput()
            ? Memory.of(
                context.scratch("pre-activations", loop.steps(), context.batchSize(), 4L * u))
            : null;
    i = context.vec("i", u);
    f = context.vec("f", u);
    g = context.vec("g", u);
    o = context.vec("o", u);
    c = context.vec("c", u);
    cBefore = context.vec("c before", u);
    a = context.vec("a", u);
    h = context.vec("h", u);
    z = context.vec("z", u);
    dh = context.vec("dh", u);
    dc = context.vec("dc", u);
    d = context.vec("d", u);
    b = new Vec[4];
    db = new Vec[4];
    for (int gate = 0; gate < 4; gate++) {
      b[gate] = context.vec("b" + gate, u);
      db[gate] = context.vec("db" + gate, u);
    }
  }

  @Override
  public void beginForward() {
    for (int gate = 0; gate < 4 && useBias; gate++) {
      b[gate].load(context.parameter("bias"), (long) gate * u);
    }
  }

  @Override
  public void forward(int t, int sample) {
    long at = loop.gatesAt(t, sample);
    gate(0, recurrent, i, at);
    gate(1, recurrent, f, at);
    gate(2, activation, g, at);
    gate(3, recurrent, o, at);
    cBefore.load(loop.state(1), loop.before(t, sample));
    c.sumOfProducts(f, cBefore, i, g);
    activation.forward(c, a);
    h.multiply(o, a);
    c.store(loop.state(1), loop.after(t, sample));
    h.store(loop.state(0), loop.after(t, sample));
  }

  /**
   * A gate's value from its pre-activation, which is a block of x W + h U: the bias is still to be
   * added.
   */
  private void gate(int gate, Activation function, Vec value, long at) {
    long block = at + (long) gate * u;
    value.load(loop.gates(), block);
    if (useBias) {
      value.add(value, b[gate]);
    }
    if (preActivations != null) {
      value.store(preActivations, block);
    }
    function.forward(value, value);
    value.store(loop.gates(), block);
  }

  @Override
  public void beginBackward() {
    for (Vec gradient : db) {
      gradient.fill(0);
    }
  }

  @Override
  public void backward(int t, int sample) {
    long at = loop.gatesAt(t, sample);
    i.load(loop.gates(), at);
    f.load(loop.gates(), at + u);
    g.load(loop.gates(), at + 2L * u);
    o.load(loop.gates(), at + 3L * u);
    c.load(loop.state(1), loop.after(t, sample));
    cBefore.load(loop.state(1), loop.before(t, sample));
    dh.load(loop.stateGradient(0), loop.gradientAt(sample));
    dc.load(loop.stateGradient(1), loop.gradientAt(sample));

    // h = o * activation(c)
    activation.forward(c, a);
    d.multiply(dh, o);
    activation.backward(c, a, d, d);
    dc.add(dc, d);
    gateGradient(3, recurrent, o, d.multiply(dh, a), at);
    // c = f * c before + i * g
    gateGradient(0, recurrent, i, d.multiply(dc, g), at);
    gateGradient(1, recurrent, f, d.multiply(dc, cBefore), at);
    gateGradient(2, activation, g, d.multiply(dc, i), at);
    dc.multiply(dc, f).store(loop.stateGradient(1), loop.gradientAt(sample));
  }

  /** The gradient of a gate's pre-activation from that of its value. */
  private void gateGradient(int gate, Activation function, Vec value, Vec gradient, long at) {
    long block = at + (long) gate * u;
    if (preActivations != null) {
      z.load(preActivations, block);
    }
    function.backward(z, value, gradient, gradient);
    db[gate].add(db[gate], gradient);
    gradient.store(loop.gates(), block);
  }

  @Override
  public void endBackward() {
    for (int gate = 0; gate < 4 && useBias; gate++) {
      Memory gradient = context.gradient("bias");
      long block = (long) gate * u;
      z.load(gradient, block).add(z, db[gate]).store(gradient, block);
    }
  }
}
