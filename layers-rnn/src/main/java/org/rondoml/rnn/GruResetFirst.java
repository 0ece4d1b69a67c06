package org.rondoml.rnn;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Columns;
import org.rondoml.core.spi.LayerContext;

/**
 * The arithmetic of one step of a {@link GRUCell} that resets before it multiplies, in the letters
 * of the rule there. It has two stages, as the candidate waits for the reset gate:
 *
 * <pre>
 * x_z, x_r += h_{t-1} U_zr      z, r = recurrent_activation(...)     rh = r * h_{t-1}
 * x_h += rh U_h                 hh = activation(x_h)                 h_t = z * h_{t-1} + (1 - z) * hh
 *
 * dhh = dh * (1 - z) * activation'(hh)
 * dz  = dh * (h_{t-1} - hh) * recurrent_activation'(z)
 * drh = dhh U_h'
 * dr  = drh * h_{t-1} * recurrent_activation'(r)
 * dh_{t-1} = dh * z + drh * r + what U_zr brings
 * </pre>
 */
final class GruResetFirst {
  private final LayerContext context;
  private final TimeLoop loop;
  private final GRUCell.Config config;
  private final int u;
  private final Memory reset;
  private final @Nullable Memory resetGradient;
  private final PreActivations preActivations;

  GruResetFirst(LayerContext context, TimeLoop loop, GRUCell.Config config) {
    this.context = context;
    this.loop = loop;
    this.config = config;
    u = config.units();
    reset = Memory.of(context.scratch("r * h", loop.keptGates(), loop.batch(), u));
    resetGradient =
        context.forwardOnly() ? null : Memory.of(context.scratch("dr * h", loop.batch(), u));
    preActivations =
        new PreActivations(context, loop, u, config.activation(), config.recurrentActivation());
  }

  private long resetAt(int step, int sample) {
    return ((long) (step % loop.keptGates()) * loop.batch() + sample) * u;
  }

  private long resetGradientAt(int sample) {
    return (long) sample * u;
  }

  private Memory resetGradient() {
    if (resetGradient == null) {
      throw new IllegalStateException("a loop that goes forward only");
    }
    return resetGradient;
  }

  /** The two stages. */
  List<FusedCell.Stage> stages() {
    RecurrentTerm gates =
        loop.dropping(
            loop.addedTerm(0, 2, null),
            () ->
                TermList.of(
                    List.of(
                        loop.addedTerm(0, 1, loop.stateDropout(0)),
                        loop.addedTerm(1, 2, loop.stateDropout(1)))));
    RecurrentTerm candidate =
        loop.dropping(candidateTerm(null), () -> candidateTerm(loop.stateDropout(2)));
    return List.of(
        new FusedCell.Stage(gates, new Gates()), new FusedCell.Stage(candidate, new Candidate()));
  }

  /** rh U_h. */
  private KernelTerm candidateTerm(@Nullable StepDropout dropout) {
    Rows rh = new Rows(reset, u, this::resetAt);
    Rows drh =
        context.forwardOnly()
            ? rh
            : new Rows(resetGradient(), u, (step, sample) -> resetGradientAt(sample));
    KernelTerm.Part part = KernelTerm.Part.added("recurrent_kernel", new Columns(2 * u, 3 * u));
    return new KernelTerm(context, loop, part, rh, drh, loop.gateRows().from(2 * u), dropout);
  }

  /** z and r. */
  private final class Gates implements FusedCell.Kernel {
    private final Activation recurrent = config.recurrentActivation();
    private final Slope slope = Slope.of(recurrent, context, u);
    private final Vec z = context.window("z", u);
    private final Vec r = context.window("r", u);
    private final Vec rh = context.window("rh", u);
    private final Vec hBefore = context.window("h before", u);
    private final Vec dh = context.window("dh", u);
    private final Vec drh = context.window("drh", u);

    @Override
    public void forward(int t, int sample) {
      long at = loop.gatesAt(t, sample);
      preActivations.apply(recurrent, z.updates(loop.gates(), at), at);
      preActivations.apply(recurrent, r.updates(loop.gates(), at + u), at + u);
      hBefore.reads(loop.state(0), loop.before(0, t, sample));
      rh.writes(reset, resetAt(t, sample)).multiply(r, hBefore).done();
    }

    @Override
    public void backward(int t, int sample, BackwardLoop gradients) {
      long at = loop.gatesAt(t, sample);
      r.updates(loop.gates(), at + u);
      hBefore.reads(loop.state(0), loop.before(0, t, sample));
      drh.reads(resetGradient(), resetGradientAt(sample));
      dh.updates(gradients.stateGradient(0), gradients.gradientAt(sample));
      dh.addProduct(drh, r).done();
      slope.gradient(preActivations.of(at + u), r, drh, hBefore, r);
      r.done();
    }
  }

  /** hh and h. */
  private final class Candidate implements FusedCell.Kernel {
    private final Activation activation = config.activation();
    private final Slope activationSlope = Slope.of(activation, context, u);
    private final Slope recurrentSlope = Slope.of(config.recurrentActivation(), context, u);
    private final Vec z = context.window("z", u);
    private final Vec hh = context.window("hh", u);
    private final Vec h = context.window("h", u);
    private final Vec hBefore = context.window("h before", u);
    private final Vec rest = context.vec("1 - z", u);
    private final Vec dh = context.window("dh", u);
    private final Vec difference = context.vec("h before - hh", u);
    private final Vec kept = context.vec("kept", u);

    @Override
    public void forward(int t, int sample) {
      long at = loop.gatesAt(t, sample);
      z.reads(loop.gates(), at);
      preActivations.apply(activation, hh.updates(loop.gates(), at + 2L * u), at + 2L * u);
      hBefore.reads(loop.state(0), loop.before(0, t, sample));
      h.writes(loop.state(0), loop.after(0, t, sample));
      h.sumOfProducts(z, hBefore, rest.affine(z, -1, 1), hh).done();
    }

    @Override
    public void backward(int t, int sample, BackwardLoop gradients) {
      long at = loop.gatesAt(t, sample);
      z.updates(loop.gates(), at);
      hh.updates(loop.gates(), at + 2L * u);
      hBefore.reads(loop.state(0), loop.before(0, t, sample));
      dh.updates(gradients.stateGradient(0), gradients.gradientAt(sample));
      rest.affine(z, -1, 1);
      difference.subtract(hBefore, hh);
      kept.multiply(dh, z);
      activationSlope.gradient(preActivations.of(at + 2L * u), hh, dh, rest, hh);
      recurrentSlope.gradient(preActivations.of(at), z, dh, difference, z);
      dh.copy(kept).done();
      z.done();
      hh.done();
      resetGradient().clear(resetGradientAt(sample), u); // what U_h brings is added
    }
  }
}
