package org.rondoml.rnn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.compute.AxisOrder;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.PackedProduct;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.LayerContext;

/**
 * Backpropagation through time: the way back through a {@link TimeLoop}, with dZ written over Z:
 *
 * <pre>
 * for each step t, the last first:
 *   dh_t = dY_t + dZ_{t+1} U'
 *   dZ_t = cell'(dh_t, ...)
 *   db  += the sum of the rows of dZ_t
 * dW += X' dZ,  dU += H' dZ,  dX = dZ W'     one product each for all steps
 * </pre>
 */
public final class BackwardLoop {
  private final LayerContext context;
  private final TimeLoop loop;
  private final FusedCell.Kernel kernel;
  private final boolean sequences;
  private final int rows;
  private final long block;

  private final List<Memory> stateGradients = new ArrayList<>();
  private final PackedProduct gradientTimesRecurrentKernel;
  private final @Nullable PackedProduct gradientTimesKernel;
  private final @Nullable Memory inputGradient;
  private final @Nullable BiasGradient biasGradient;

  /**
   * The way back through a loop, with memory of its own.
   *
   * @param sequences whether there is a gradient of every step's h, or of the last one's
   */
  BackwardLoop(
      LayerContext context,
      TimeLoop loop,
      FusedCell cell,
      FusedCell.Kernel kernel,
      boolean sequences) {
    this.context = context;
    this.loop = loop;
    this.kernel = kernel;
    this.sequences = sequences;
    this.rows = loop.steps() * loop.batch();
    this.block = (long) loop.batch() * loop.units();
    for (int s = 0; s < cell.states(); s++) {
      stateGradients.add(
          Memory.of(context.scratch("state gradient" + s, loop.batch(), loop.units())));
    }
    gradientTimesRecurrentKernel =
        context.product("recurrent_kernel", true, loop.batch(), sequences);
    if (context.needsInputGradient(0)) {
      gradientTimesKernel = context.product("kernel", true, rows, false);
      inputGradient =
          Memory.of(context.scratch("x gradient", loop.steps(), loop.batch(), loop.features()));
    } else {
      gradientTimesKernel = null;
      inputGradient = null;
    }
    biasGradient = cell.hasBias() ? new BiasGradient() : null;
  }

  /** The gradient of a state between the step under way and the one after it: (batch, units). */
  public Memory stateGradient(int state) {
    return stateGradients.get(state);
  }

  /** Where a sample begins in {@link #stateGradient}. */
  public long gradientAt(int sample) {
    return (long) sample * loop.units();
  }

  /**
   * Goes back through all steps. Afterwards {@link #stateGradient} holds the gradients of the
   * initial states.
   *
   * @param outputGradient of the output's shape
   * @param lastStateGradients gradients of the states after the last step, of shape (batch, units),
   *     or none
   */
  void backward(INDArray outputGradient, List<INDArray> lastStateGradients) {
    int steps = loop.steps();
    Memory given =
        sequences ? timeMajorGradient(outputGradient) : context.dense("dy", outputGradient);
    if (biasGradient != null) {
      biasGradient.begin();
    }
    stateGradients.forEach(Memory::clear);
    Memory dh = stateGradients.get(0);
    dh.copyFrom(given, sequences ? (steps - 1) * block : 0, 0, block);
    for (int s = 0; s < lastStateGradients.size(); s++) {
      stateGradients.get(s).array().addi(lastStateGradients.get(s));
    }
    for (int t = steps - 1; t >= 0; t--) {
      for (int sample = 0; sample < loop.batch(); sample++) {
        kernel.backward(t, sample, this);
        if (biasGradient != null) {
          biasGradient.add(t, sample);
        }
      }
      if (sequences && t > 0) {
        dh.copyFrom(given, (t - 1) * block, 0, block);
      } else if (sequences) {
        dh.clear();
      }
      gradientTimesRecurrentKernel.run(loop.gates(), loop.gatesAt(t, 0), dh, 0);
    }
    if (biasGradient != null) {
      biasGradient.end();
    }
    context.addOuterProducts("kernel", loop.inputs(), 0, loop.gates(), 0, rows);
    context.addOuterProducts("recurrent_kernel", loop.state(0), 0, loop.gates(), 0, rows);
  }

  /** The gradient of the input, of shape (batch, time, features), after {@link #backward}. */
  INDArray inputGradient() {
    Memory gradient = inputGradient;
    PackedProduct product = gradientTimesKernel;
    if (gradient == null || product == null) {
      throw new IllegalStateException("nothing needs the gradient of this layer's input");
    }
    product.run(loop.gates(), 0, gradient, 0);
    if (!loop.isBackwards()) {
      return gradient.array().permute(1, 0, 2);
    }
    Memory forwards =
        Memory.of(
            context.scratch("x gradient in time", loop.steps(), loop.batch(), loop.features()));
    reverse(gradient, forwards);
    return forwards.array().permute(1, 0, 2);
  }

  /**
   * The gradient of the output sequence, time-major: its own memory where it lies so, else a copy.
   */
  private Memory timeMajorGradient(INDArray gradient) {
    if (AxisOrder.isTimeMajor(gradient)) {
      return context.dense("dy", gradient);
    }
    INDArray copy = context.scratch("dy time-major", loop.steps(), loop.batch(), loop.units());
    copy.assign(gradient.permute(1, 0, 2));
    return context.dense("dy copy", copy);
  }

  private void reverse(Memory from, Memory to) {
    long step = (long) loop.batch() * loop.features();
    for (int t = 0; t < loop.steps(); t++) {
      to.copyFrom(from, (loop.steps() - 1 - t) * step, t * step, step);
    }
  }

  /** The sum of the gates' gradients over samples and steps. */
  private final class BiasGradient {
    private final Vec db = context.vec("db", loop.width());
    private final Vec dz = context.window("dz of all gates", loop.width());

    void begin() {
      db.fill(0);
    }

    void add(int step, int sample) {
      db.add(db, dz.reads(loop.gates(), loop.gatesAt(step, sample)));
    }

    void end() {
      dz.updates(context.gradient("bias"), 0);
      dz.add(dz, db).done();
    }
  }
}
