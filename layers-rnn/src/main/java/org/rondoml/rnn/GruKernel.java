package org.rondoml.rnn;

import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.LayerContext;

/**
 * The arithmetic of one step of a {@link GRUCell} with reset_after for one sample, in the letters
 * of the rule there; {@code dx} is the gradient of the loss by x:
 *
 * <pre>
 * dhh  = dh * (1 - z) * activation'(hh)
 * dz   = dh * (h_{t-1} - hh) * recurrent_activation'(z)
 * dr   = dhh * r_h * recurrent_activation'(r)
 * dr_h = dhh * r
 * dh_{t-1} = dh * z + what the recurrent kernel brings
 * </pre>
 */
final class GruKernel implements FusedCell.Kernel {
  private final TimeLoop loop;
  private final Memory apart;
  private final Activation activation;
  private final Activation recurrent;
  private final Slope activationSlope;
  private final Slope recurrentSlope;
  private final PreActivations preActivations;
  private final int u;

  private final Vec z;
  private final Vec r;
  private final Vec hh;
  private final Vec rz;
  private final Vec rr;
  private final Vec rh;
  private final Vec h;
  private final Vec hBefore;
  private final Vec rest;
  private final Vec dh;
  private final Vec difference;

  /**
   * The arithmetic.
   *
   * @param apart r_z, r_r, r_h of every step and sample, in rows as the gates'
   */
  GruKernel(LayerContext context, TimeLoop loop, GRUCell.Config config, Memory apart) {
    this.loop = loop;
    this.apart = apart;
    activation = config.activation();
    recurrent = config.recurrentActivation();
    u = config.units();
    activationSlope = Slope.of(activation, context, u);
    recurrentSlope = Slope.of(recurrent, context, u);
    preActivations = new PreActivations(context, loop, u, activation, recurrent);
    z = context.window("z", u);
    r = context.window("r", u);
    hh = context.window("hh", u);
    rz = context.window("r_z", u);
    rr = context.window("r_r", u);
    rh = context.window("r_h", u);
    h = context.window("h", u);
    hBefore = context.window("h before", u);
    rest = context.vec("1 - z", u);
    dh = context.window("dh", u);
    difference = context.vec("h before - hh", u);
  }

  @Override
  public void forward(int t, int sample) {
    long at = loop.gatesAt(t, sample);
    z.updates(loop.gates(), at);
    z.add(z, rz.reads(apart, at));
    preActivations.apply(recurrent, z, at);
    r.updates(loop.gates(), at + u);
    r.add(r, rr.reads(apart, at + u));
    preActivations.apply(recurrent, r, at + u);
    hh.updates(loop.gates(), at + 2L * u);
    hh.addProduct(r, rh.reads(apart, at + 2L * u));
    preActivations.apply(activation, hh, at + 2L * u);
    hBefore.reads(loop.state(0), loop.before(0, t, sample));
    h.writes(loop.state(0), loop.after(0, t, sample));
    h.sumOfProducts(z, hBefore, rest.affine(z, -1, 1), hh).done();
  }

  @Override
  public void backward(int t, int sample, BackwardLoop gradients) {
    long at = loop.gatesAt(t, sample);
    z.updates(loop.gates(), at);
    r.updates(loop.gates(), at + u);
    hh.updates(loop.gates(), at + 2L * u);
    rz.writes(apart, at);
    rr.writes(apart, at + u);
    rh.updates(apart, at + 2L * u);
    hBefore.reads(loop.state(0), loop.before(0, t, sample));
    dh.updates(gradients.stateGradient(0), gradients.gradientAt(sample));

    // h = z * h before + (1 - z) * hh
    rest.affine(z, -1, 1);
    difference.subtract(hBefore, hh);
    activationSlope.gradient(preActivations.of(at + 2L * u), hh, dh, rest, hh); // dhh
    recurrentSlope.gradient(preActivations.of(at), z, dh, difference, rz);
    dh.multiply(dh, z).done();
    z.copy(rz).done();
    rz.done();
    // hh = activation(x_h + r * r_h)
    recurrentSlope.gradient(preActivations.of(at + u), r, hh, rh, rr);
    rh.multiply(hh, r).done();
    r.copy(rr).done();
    rr.done();
    hh.done();
  }
}
