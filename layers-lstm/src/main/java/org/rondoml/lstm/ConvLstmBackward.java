package org.rondoml.lstm;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.convolution.ImageConvolution;
import org.rondoml.core.spi.LayerContext;

/**
 * The way back through a {@link ConvLstmLoop}, with dZ written over Z:
 *
 * <pre>
 * for each step t, the last first:
 *   dh  += dy_t, and what masked steps after t have carried; carried on where t is masked
 *   dZ_t = gates'(dh, dc)                 0 where t is masked
 *   dU  += gradient of h_{t-1} * U
 *   dh   = gradient of h_{t-1} * U        dh + that where t is masked
 * db, dW, dX: of all steps at once
 * </pre>
 */
final class ConvLstmBackward {
  private final LayerContext context;
  private final ConvLstmConfig config;
  private final ConvLstmLoop.Options options;
  private final ConvLstmLoop loop;
  private final int filters;
  private final int width;
  private final Memory dh;
  private final Memory dc;
  private final Vec from;
  private final Vec to;
  private final Vec dz;
  private @Nullable Memory carried;

  /** The way back through a loop, with memory of its own. */
  ConvLstmBackward(
      LayerContext context,
      ConvLstmConfig config,
      ConvLstmLoop.Options options,
      ConvLstmLoop loop) {
    this.context = context;
    this.config = config;
    this.options = options;
    this.loop = loop;
    filters = config.filters();
    width = ConvLstm.GATES * filters;
    dh = Memory.of(context.scratch("dh", loop.h().shape()));
    dc = Memory.of(context.scratch("dc", loop.c().shape()));
    from = context.window("from", filters);
    to = context.window("to", filters);
    dz = context.window("dz", width);
  }

  /**
   * Goes back through all steps, and returns the gradient of the sequence.
   *
   * @param outputGradient of the output's shape
   * @param lastStateGradients those of h and c after the last step, or none
   */
  INDArray backward(INDArray outputGradient, List<INDArray> lastStateGradients) {
    boolean sequences = config.returnSequences();
    Memory dy =
        context.rowMajor(
            "dy", sequences ? ConvLstmLoop.batchMajor(outputGradient) : outputGradient);
    begin("dh", dh, lastStateGradients, 0);
    begin("dc", dc, lastStateGradients, 1);
    Memory toCarry = null;
    if (loop.isMasked()) {
      toCarry = context.dense("dy carried", context.scratch("dy carried", dh.length()));
      toCarry.clear();
    }
    carried = toCarry;
    ImageConvolution ofState = loop.recurrentConvolution();
    for (int t = loop.steps() - 1; t >= 0; t--) {
      boolean puts = sequences || t == loop.steps() - 1;
      step(t, puts ? dy : null, sequences ? t * dh.length() : 0);
      ofState.addKernelGradient(
          loop.h().memory(), loop.h().before(t), loop.gates(), loop.gatesAt(t));
      ofState.addInputGradient(loop.gates(), loop.gatesAt(t), dh, 0);
    }
    if (config.useBias()) {
      addBiasGradient();
    }
    Memory x = loop.x();
    ImageConvolution ofInput = loop.inputConvolution();
    ofInput.addKernelGradient(x, 0, loop.gates(), 0);
    if (!context.needsInputGradient(0)) {
      return ConvLstmLoop.batchMajor(x.array());
    }
    Memory dx = context.dense("dx", context.scratch("dx", x.array().shape()));
    dx.clear();
    ofInput.addInputGradient(loop.gates(), 0, dx, 0);
    return ConvLstmLoop.batchMajor(loop.inOrder("dx in time", dx).array());
  }

  private void begin(String key, Memory gradient, List<INDArray> ofLastStates, int number) {
    if (ofLastStates.isEmpty()) {
      gradient.clear();
    } else {
      Memory given = context.rowMajor(key + " given", ofLastStates.get(number));
      gradient.copyFrom(given, 0, 0, gradient.length());
    }
  }

  /**
   * Goes back through a step.
   *
   * @param dy has the gradient of its output from an offset on; null where it puts out nothing
   */
  private void step(int t, @Nullable Memory dy, long dyAt) {
    KeptState c = loop.c();
    long at = loop.gatesAt(t);
    long row = 0;
    for (int sample = 0; sample < loop.batch(); sample++) {
      for (int pixel = 0; pixel < loop.pixels(); pixel++) {
        if (loop.isValid(t, sample, pixel)) {
          takeOutputGradient(dy, dyAt + row, row);
          loop.arithmetic()
              .backward(at, c.memory(), c.before(t) + row, c.before(t + 1) + row, dh, dc, row);
        } else {
          carryOutputGradient(dy, dyAt + row, row);
          dz.writes(loop.gates(), at).fill(0).done();
        }
        at += width;
        row += filters;
      }
    }
  }

  /** Adds to dh what a pixel put out, then and in masked steps after it. */
  private void takeOutputGradient(@Nullable Memory dy, long dyAt, long row) {
    if (dy != null) {
      add(dy, dyAt, dh, row);
    }
    Memory after = carried;
    if (after != null) {
      add(after, row, dh, row);
      from.writes(after, row).fill(0).done();
    }
  }

  /** What a masked pixel puts out is that of the step before. */
  private void carryOutputGradient(@Nullable Memory dy, long dyAt, long row) {
    Memory after = carried;
    if (dy != null && after != null && !options.zeros()) {
      add(dy, dyAt, after, row);
    }
  }

  private void add(Memory given, long at, Memory sum, long sumAt) {
    to.updates(sum, sumAt).add(to, from.reads(given, at)).done();
  }

  private void addBiasGradient() {
    Vec sum = context.vec("db", width).fill(0);
    for (long at = 0; at < loop.gates().length(); at += width) {
      sum.add(sum, dz.reads(loop.gates(), at));
    }
    dz.updates(context.gradient(ConvLstm.BIAS), 0).add(dz, sum).done();
  }

  /** The gradients of the initial h and c, after {@link #backward}. */
  List<INDArray> initialStateGradients() {
    return List.of(dh.array(), dc.array());
  }
}
