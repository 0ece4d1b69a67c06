package org.rondoml.rnn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.rondoml.core.compute.AxisOrder;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.PackedProduct;
import org.rondoml.core.compute.Product;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.LayerContext;

/**
 * The loop over time that all recurrent layers share, for one layer, shard and number of steps.
 *
 * <p>Forward, with Z the pre-activations of the gates and h, ... the states:
 *
 * <pre>
 * Z = X W + b                 one product for all steps
 * for each step t:
 *   Z_t += h_{t-1} U
 *   h_t, ... = cell(Z_t, h_{t-1}, ...)
 * </pre>
 *
 * <p>Backward, with dZ written over Z:
 *
 * <pre>
 * for each step t, the last first:
 *   dh_t = dY_t + dZ_{t+1} U'
 *   dZ_t = cell'(dh_t, ...)
 * dW += X' dZ,  dU += H' dZ,  dX = dZ W'     one product each for all steps
 * db += the sum of the rows of dZ
 * </pre>
 *
 * <p>All memory is time-major, so that the rows of a step lie together: X is (time, batch,
 * features), Z is (time, batch, gates * units), a state is (1 + time, batch, units) with the
 * initial state in front. Steps are counted in the order of the loop, which {@code go_backwards}
 * reverses. Everything is allocated when the loop is made.
 */
public final class TimeLoop {
  private final LayerContext context;
  private final FusedCell.Kernel kernel;
  private final boolean sequences;
  private final boolean backwards;
  private final int steps;
  private final int batch;
  private final int features;
  private final int units;
  private final int width;

  private final Memory ownInputs;
  private final Memory gates;
  private final List<Memory> states = new ArrayList<>();
  private final List<Memory> stateGradients = new ArrayList<>();
  private final @Nullable Memory inputGradient;
  private final @Nullable BiasGradient biasGradient;
  private final INDArray output;
  private final List<INDArray> lastStates = new ArrayList<>();

  private final PackedProduct inputTimesKernel;
  private final PackedProduct stateTimesRecurrentKernel;
  private final PackedProduct gradientTimesRecurrentKernel;
  private final @Nullable PackedProduct gradientTimesKernel;
  private final Product kernelGradient;
  private final Product recurrentKernelGradient;

  private Memory inputs;

  /**
   * A loop with memory of its own.
   *
   * @param sequences whether every step's h is the output, or the last one's
   * @param backwards whether the last input comes first
   * @param steps the number of time steps
   * @param features the length of an input
   */
  TimeLoop(
      LayerContext context,
      FusedCell cell,
      boolean sequences,
      boolean backwards,
      int steps,
      int features) {
    this.context = context;
    this.sequences = sequences;
    this.backwards = backwards;
    this.steps = steps;
    this.batch = context.batchSize();
    this.features = features;
    this.units = cell.units();
    this.width = cell.gates() * cell.units();
    int rows = steps * batch;

    ownInputs = Memory.of(context.scratch("x", steps, batch, features));
    inputs = ownInputs;
    gates = Memory.of(context.scratch("gates", steps, batch, width));
    for (int s = 0; s < cell.states(); s++) {
      INDArray state = context.scratch("state" + s, steps + 1, batch, units);
      states.add(Memory.of(state));
      stateGradients.add(Memory.of(context.scratch("state gradient" + s, batch, units)));
      lastStates.add(state.get(NDArrayIndex.point(steps)));
    }
    INDArray h = states.get(0).array();
    output =
        sequences ? h.get(NDArrayIndex.interval(1, steps + 1)).permute(1, 0, 2) : lastStates.get(0);

    inputTimesKernel =
        cell.hasBias()
            ? context.productWithBias("kernel", "bias", rows)
            : context.product("kernel", false, rows, false);
    stateTimesRecurrentKernel = context.product("recurrent_kernel", false, batch, true);
    gradientTimesRecurrentKernel = context.product("recurrent_kernel", true, batch, sequences);
    boolean needsInputGradient = context.needsInputGradient(0);
    gradientTimesKernel = needsInputGradient ? context.product("kernel", true, rows, false) : null;
    inputGradient =
        needsInputGradient
            ? Memory.of(context.scratch("x gradient", steps, batch, features))
            : null;
    kernelGradient =
        context.product(new Gemm(context.precision(), features, width, rows, true, false, true));
    recurrentKernelGradient =
        context.product(new Gemm(context.precision(), units, width, rows, true, false, true));
    biasGradient = cell.hasBias() ? new BiasGradient() : null;
    kernel = cell.kernel(context, this);
  }

  /** The sum of the gates' gradients over samples and steps. */
  private final class BiasGradient {
    private final Vec db = context.vec("db", width);
    private final Vec dz = context.window("dz of all gates", width);

    void begin() {
      db.fill(0);
    }

    void add(int step, int sample) {
      db.add(db, dz.reads(gates, gatesAt(step, sample)));
    }

    void end() {
      dz.updates(context.gradient("bias"), 0);
      dz.add(dz, db).done();
    }
  }

  /** The pre-activations of the gates; the cell may write over them. */
  public Memory gates() {
    return gates;
  }

  /** Where a sample's gates of a step begin. */
  public long gatesAt(int step, int sample) {
    return ((long) step * batch + sample) * width;
  }

  /** A state at all steps, the initial one in front. */
  public Memory state(int state) {
    return states.get(state);
  }

  /** Where a sample's state before a step begins. */
  public long before(int step, int sample) {
    return ((long) step * batch + sample) * units;
  }

  /** Where a sample's state after a step begins. */
  public long after(int step, int sample) {
    return before(step + 1, sample);
  }

  /** The gradient of a state between the step under way and the one after it: (batch, units). */
  public Memory stateGradient(int state) {
    return stateGradients.get(state);
  }

  /** Where a sample begins in {@link #stateGradient}. */
  public long gradientAt(int sample) {
    return (long) sample * units;
  }

  /** The number of steps. */
  public int steps() {
    return steps;
  }

  /**
   * Runs all steps.
   *
   * @param input of shape (batch, time, features)
   * @param initial initial states of shape (batch, units), or none for zeros
   */
  void forward(INDArray input, List<INDArray> initial) {
    inputs = timeMajor(input);
    for (int s = 0; s < states.size(); s++) {
      setInitial(s, initial);
    }
    inputTimesKernel.run(inputs, 0, gates, 0);
    for (int t = 0; t < steps; t++) {
      stateTimesRecurrentKernel.run(states.get(0), before(t, 0), gates, gatesAt(t, 0));
      for (int sample = 0; sample < batch; sample++) {
        kernel.forward(t, sample);
      }
    }
  }

  /** The output: (batch, time, units) in the order of the loop, or (batch, units). */
  INDArray output() {
    return output;
  }

  /** The states after the last step, each (batch, units). */
  List<INDArray> lastStates() {
    return lastStates;
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
    Memory given =
        sequences ? timeMajorGradient(outputGradient) : context.dense("dy", outputGradient);
    if (biasGradient != null) {
      biasGradient.begin();
    }
    for (int s = 0; s < states.size(); s++) {
      stateGradients.get(s).clear();
    }
    Memory dh = stateGradients.get(0);
    long block = (long) batch * units;
    dh.copyFrom(given, sequences ? (steps - 1) * block : 0, 0, block);
    for (int s = 0; s < lastStateGradients.size(); s++) {
      stateGradients.get(s).array().addi(lastStateGradients.get(s));
    }
    for (int t = steps - 1; t >= 0; t--) {
      for (int sample = 0; sample < batch; sample++) {
        kernel.backward(t, sample);
        if (biasGradient != null) {
          biasGradient.add(t, sample);
        }
      }
      if (sequences && t > 0) {
        dh.copyFrom(given, (t - 1) * block, 0, block);
      } else if (sequences) {
        dh.clear();
      }
      gradientTimesRecurrentKernel.run(gates, gatesAt(t, 0), dh, 0);
    }
    if (biasGradient != null) {
      biasGradient.end();
    }
    kernelGradient.run(inputs, 0, gates, 0, context.gradient("kernel"), 0);
    recurrentKernelGradient.run(
        states.get(0), 0, gates, 0, context.gradient("recurrent_kernel"), 0);
  }

  /** The gradient of the input, of shape (batch, time, features), after {@link #backward}. */
  INDArray inputGradient() {
    Memory gradient = inputGradient;
    PackedProduct product = gradientTimesKernel;
    if (gradient == null || product == null) {
      throw new IllegalStateException("nothing needs the gradient of this layer's input");
    }
    product.run(gates, 0, gradient, 0);
    if (!backwards) {
      return gradient.array().permute(1, 0, 2);
    }
    Memory forwards = Memory.of(context.scratch("x gradient in time", steps, batch, features));
    reverse(gradient, forwards);
    return forwards.array().permute(1, 0, 2);
  }

  private void setInitial(int state, List<INDArray> initial) {
    Memory memory = states.get(state);
    long block = (long) batch * units;
    if (initial.isEmpty()) {
      memory.clear(block);
    } else {
      memory.copyFrom(context.dense("initial" + state, initial.get(state)), 0, 0, block);
    }
  }

  /**
   * The rows of a sequence in the order of the loop: its own memory where it lies so, else a copy.
   */
  private Memory timeMajor(INDArray sequence) {
    INDArray timeFirst = sequence.permute(1, 0, 2);
    if (!backwards && AxisOrder.isRowMajor(timeFirst)) {
      return context.dense("x as given", sequence);
    }
    copyRows(context.dense("x batch-major", sequence), AxisOrder.isRowMajor(timeFirst), ownInputs);
    return ownInputs;
  }

  private void copyRows(Memory from, boolean fromTimeMajor, Memory to) {
    for (int t = 0; t < steps; t++) {
      int time = backwards ? steps - 1 - t : t;
      for (int sample = 0; sample < batch; sample++) {
        long row = fromTimeMajor ? (long) time * batch + sample : (long) sample * steps + time;
        to.copyFrom(from, row * features, ((long) t * batch + sample) * features, features);
      }
    }
  }

  /**
   * The gradient of the output sequence, time-major: its own memory where it lies so, else a copy.
   */
  private Memory timeMajorGradient(INDArray gradient) {
    if (AxisOrder.isRowMajor(gradient.permute(1, 0, 2))) {
      return context.dense("dy", gradient);
    }
    INDArray copy = context.scratch("dy time-major", steps, batch, units);
    copy.assign(gradient.permute(1, 0, 2));
    return context.dense("dy copy", copy);
  }

  private void reverse(Memory from, Memory to) {
    long block = (long) batch * features;
    for (int t = 0; t < steps; t++) {
      to.copyFrom(from, (steps - 1 - t) * block, t * block, block);
    }
  }
}
