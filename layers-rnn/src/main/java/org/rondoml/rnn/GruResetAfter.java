package org.rondoml.rnn;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Columns;
import org.rondoml.core.spi.LayerContext;

/**
 * The arithmetic of one step of a {@link GRUCell} with reset_after for one sample, in the letters
 * of the rule there; {@code dx} is the gradient of the loss by x. What U brings to z and r is added
 * to what W brings, with its bias; only r_h is kept apart, as r comes between it and x_h:
 *
 * <pre>
 * x_z, x_r += h_{t-1} U_zr + b[1]_zr     z, r = recurrent_activation(...)
 * r_h = h_{t-1} U_h + b[1]_h             hh = activation(x_h + r * r_h)
 *                                        h_t = z * h_{t-1} + (1 - z) * hh
 *
 * dhh  = dh * (1 - z) * activation'(hh)
 * dz   = dh * (h_{t-1} - hh) * recurrent_activation'(z)
 * dr   = dhh * r_h * recurrent_activation'(r)
 * dr_h = dhh * r
 * dh_{t-1} = dh * z + what the recurrent kernel brings
 * </pre>
 */
final class GruResetAfter implements FusedCell.Kernel {
  private final TimeLoop loop;
  private final GRUCell.Config config;
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
  private final Vec rh;
  private final Vec h;
  private final Vec hBefore;
  private final Vec rest;
  private final Vec dh;
  private final Vec difference;

  GruResetAfter(LayerContext context, TimeLoop loop, GRUCell.Config config) {
    this.loop = loop;
    this.config = config;
    activation = config.activation();
    recurrent = config.recurrentActivation();
    u = config.units();
    apart = Memory.of(context.scratch("r_h", loop.keptGates(), loop.batch(), u));
    activationSlope = Slope.of(activation, context, u);
    recurrentSlope = Slope.of(recurrent, context, u);
    preActivations = new PreActivations(context, loop, u, activation, recurrent);
    z = context.window("z", u);
    r = context.window("r", u);
    hh = context.window("hh", u);
    rh = context.window("r_h", u);
    h = context.window("h", u);
    hBefore = context.window("h before", u);
    rest = context.vec("1 - z", u);
    dh = context.window("dh", u);
    difference = context.vec("h before - hh", u);
  }

  /** The products with U, and this. */
  FusedCell.Stage stage() {
    return new FusedCell.Stage(
        loop.dropping(
            TermList.of(List.of(gateTerm(0, 2, null), candidateTerm(null))),
            () ->
                TermList.of(
                    List.of(
                        gateTerm(0, 1, loop.stateDropout(0)),
                        gateTerm(1, 2, loop.stateDropout(1)),
                        candidateTerm(loop.stateDropout(2))))),
        this);
  }

  /** h U_zr + b[1]_zr, or a gate's part of it. */
  private KernelTerm gateTerm(int from, int to, @Nullable StepDropout dropout) {
    return loop.stateTerm(part(from, to, true), loop.gateRows().from(from * u), dropout);
  }

  /** h U_h + b[1]_h. */
  private KernelTerm candidateTerm(@Nullable StepDropout dropout) {
    return loop.stateTerm(part(2, 3, false), new Rows(apart, u, this::apartAt), dropout);
  }

  private KernelTerm.Part part(int from, int to, boolean adds) {
    Columns columns = new Columns(from * u, to * u);
    Integer biasAt = config.useBias() ? 3 * u + columns.from() : null;
    return new KernelTerm.Part("recurrent_kernel", columns, adds, biasAt);
  }

  private long apartAt(int step, int sample) {
    return ((long) (step % loop.keptGates()) * loop.batch() + sample) * u;
  }

  @Override
  public void forward(int t, int sample) {
    long at = loop.gatesAt(t, sample);
    preActivations.apply(recurrent, z.updates(loop.gates(), at), at);
    preActivations.apply(recurrent, r.updates(loop.gates(), at + u), at + u);
    hh.updates(loop.gates(), at + 2L * u);
    hh.addProduct(r, rh.reads(apart, apartAt(t, sample)));
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
    rh.updates(apart, apartAt(t, sample));
    hBefore.reads(loop.state(0), loop.before(0, t, sample));
    dh.updates(gradients.stateGradient(0), gradients.gradientAt(sample));

    // h = z * h before + (1 - z) * hh
    rest.affine(z, -1, 1);
    difference.subtract(hBefore, hh);
    activationSlope.gradient(preActivations.of(at + 2L * u), hh, dh, rest, hh); // dhh
    rest.multiply(dh, z);
    recurrentSlope.gradient(preActivations.of(at), z, dh, difference, z); // dz
    dh.copy(rest).done();
    z.done();
    // hh = activation(x_h + r * r_h)
    difference.multiply(hh, r); // dr_h
    recurrentSlope.gradient(preActivations.of(at + u), r, hh, rh, r); // dr
    rh.copy(difference).done();
    r.done();
    hh.done();
  }
}
