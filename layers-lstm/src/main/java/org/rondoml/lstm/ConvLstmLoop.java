package org.rondoml.lstm;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Patches;
import org.rondoml.core.convolution.Convolution;
import org.rondoml.core.convolution.ImageConvolution;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Mask;

/**
 * The loop over time of a {@link ConvLstm}, for one layer, shard and shape of inputs:
 *
 * <pre>
 * Z = X * W + b                          for all steps
 * for each step t:
 *   Z_t += h_{t-1} * U
 *   h_t, c_t = gates(Z_t, c_{t-1})       pixel by pixel; carried over where masked
 *   y_t = h_t, or y_{t-1} where masked
 * </pre>
 *
 * <p>All memory is time-major, channels last, and steps are counted in the order of the loop, which
 * {@code go_backwards} reverses. Where no backward pass can follow, the gates of one step are kept,
 * and two values of a state, if the output doesn't ask for more.
 */
final class ConvLstmLoop {
  private final LayerContext context;
  private final ConvLstmConfig config;
  private final Options options;
  private final long[] inputShape;
  private final int steps;
  private final int batch;
  private final int pixels;
  private final int filters;
  private final int width;
  private final long imageLength;
  private final long block;
  private final boolean keepsAll;
  private final Patches inputPatches;
  private final Patches statePatches;

  private final Memory gates;
  private final KeptState h;
  private final KeptState c;
  private final ConvLstmGates arithmetic;
  private final Convolution input;
  private final Convolution recurrent;
  private @Nullable DroppedConvolution droppedInput;
  private @Nullable DroppedConvolution droppedRecurrent;

  private @Nullable PixelMask mask;
  private @Nullable Memory x;
  private @Nullable Memory maskedOutput;

  /**
   * What {@link org.rondoml.rnn.Bidirectional} changes of a loop.
   *
   * @param backwards whether the sequence is read from its end
   * @param zeros whether masked steps put out zeros
   */
  record Options(boolean backwards, boolean zeros) {}

  /**
   * A loop with memory of its own.
   *
   * @param options the direction, and the output at masked steps
   * @param axes the number of spatial axes
   * @param inputShape the shape of the sequences, channels last
   */
  ConvLstmLoop(
      LayerContext context, ConvLstmConfig config, Options options, int axes, long... inputShape) {
    this.context = context;
    this.config = config;
    this.options = options;
    this.inputShape = inputShape.clone();
    batch = Math.toIntExact(inputShape[0]);
    steps = Math.toIntExact(inputShape[1]);
    filters = config.filters();
    width = ConvLstm.GATES * filters;
    long[] spatial = Arrays.copyOfRange(inputShape, 2, 2 + axes);
    int channels = Math.toIntExact(inputShape[2 + axes]);
    inputPatches = config.sliding(axes).patches(context.precision(), spatial, channels, channels);
    long[] stateShape = new long[axes + 3];
    for (int axis = 0; axis < axes; axis++) {
      stateShape[axis + 2] =
          (axis == axes - 1
                  ? config.sliding(axes).columns(spatial)
                  : config.sliding(axes).rows(spatial))
              .positions();
    }
    stateShape[1] = batch;
    stateShape[axes + 2] = filters;
    statePatches =
        config
            .recurrentSliding(axes)
            .patches(
                context.precision(), Arrays.copyOfRange(stateShape, 2, 2 + axes), filters, filters);
    pixels = inputPatches.count();
    imageLength = inputPatches.imageLength();
    block = (long) batch * pixels * filters;
    keepsAll = !context.forwardOnly();

    gates = Memory.of(context.scratch("gates", keepsAll ? steps : 1, (long) batch * pixels, width));
    stateShape[0] = keepsAll || config.returnSequences() ? steps + 1 : 2;
    h = new KeptState(Memory.of(context.scratch("h", stateShape)), (int) stateShape[0]);
    stateShape[0] = keepsAll ? steps + 1 : 2;
    c = new KeptState(Memory.of(context.scratch("c", stateShape)), (int) stateShape[0]);
    arithmetic = new ConvLstmGates(context, config, gates);
    input =
        new Convolution(
            context,
            ConvLstm.KERNEL,
            config.useBias() ? ConvLstm.BIAS : null,
            inputPatches,
            images(),
            false,
            false);
    recurrent =
        new Convolution(context, ConvLstm.RECURRENT_KERNEL, null, statePatches, batch, true, false);
  }

  /** The images whose convolutions are computed at once: all, or those of a step. */
  private int images() {
    return keepsAll ? Math.multiplyExact(steps, batch) : batch;
  }

  /** The shape of the sequences, channels last. */
  long[] inputShape() {
    return inputShape;
  }

  /** The gates of all steps, or of the last one. */
  Memory gates() {
    return gates;
  }

  /** Where the gates of a step begin. */
  long gatesAt(int step) {
    return keepsAll ? step * (long) batch * pixels * width : 0;
  }

  /**
   * Computes all steps.
   *
   * @param sequence of shape (batch, time, ..., channels)
   * @param masked the mask to use
   * @param initial h and c, each (batch, ..., filters), or none
   */
  void forward(INDArray sequence, @Nullable Mask masked, List<INDArray> initial) {
    mask = masked == null ? null : new PixelMask(masked, steps, pixels, options.backwards());
    Memory given = inOrder("x reversed", context.rowMajor("x", batchMajor(sequence)));
    x = given;
    begin("h", h, initial, 0);
    begin("c", c, initial, 1);
    drawDropout();
    ImageConvolution ofInput = inputConvolution();
    ImageConvolution ofState = recurrentConvolution();
    if (keepsAll) {
      ofInput.forward(given, 0, gates, 0);
    }
    Memory y = mask == null ? null : beginMaskedOutput();
    for (int t = 0; t < steps; t++) {
      if (!keepsAll) {
        ofInput.forward(given, (long) t * batch * imageLength, gates, 0);
      }
      ofState.forward(h.memory(), h.before(t), gates, gatesAt(t));
      step(t);
      if (y != null) {
        putOut(t, y);
      }
    }
    if (config.stateful()) {
      context.state("h", h.shape()).copyFrom(h.memory(), h.before(steps), 0, block);
      context.state("c", c.shape()).copyFrom(c.memory(), c.before(steps), 0, block);
    }
  }

  /** Whether the batch before has left a state other than 0. */
  boolean keepsOtherThanZero() {
    return context.state("h", h.shape()).array().amaxNumber().doubleValue() != 0
        || context.state("c", c.shape()).array().amaxNumber().doubleValue() != 0;
  }

  /** Whether a pixel counts at a step. */
  boolean isValid(int step, int sample, int pixel) {
    PixelMask given = mask;
    return given == null || given.isValid(step, sample, pixel);
  }

  /** Whether a pixel may not count. */
  boolean isMasked() {
    return mask != null;
  }

  /** A sequence with its steps in the order of the loop, or back in that of time. */
  Memory inOrder(String key, Memory sequence) {
    return options.backwards() ? reversed(key, sequence) : sequence;
  }

  private Memory reversed(String key, Memory forwards) {
    Memory copy = context.dense(key, context.scratch(key, forwards.array().shape()));
    long step = forwards.length() / steps;
    for (int t = 0; t < steps; t++) {
      copy.copyFrom(forwards, (steps - 1 - t) * step, t * step, step);
    }
    return copy;
  }

  private void begin(String name, KeptState state, List<INDArray> initial, int number) {
    if (!initial.isEmpty()) {
      Memory given = context.rowMajor("initial " + name, initial.get(number));
      state.memory().copyFrom(given, 0, 0, block);
    } else if (config.stateful()) {
      state.memory().copyFrom(context.state(name, state.shape()), 0, 0, block);
    } else {
      state.memory().clear(block);
    }
  }

  private void step(int t) {
    long at = gatesAt(t);
    long row = 0;
    for (int sample = 0; sample < batch; sample++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        if (isValid(t, sample, pixel)) {
          arithmetic.forward(
              at,
              h.memory(),
              h.before(t + 1) + row,
              c.memory(),
              c.before(t) + row,
              c.before(t + 1) + row);
        } else {
          carry(h, t, row);
          carry(c, t, row);
        }
        at += width;
        row += filters;
      }
    }
  }

  /** A masked pixel's state stays. */
  private void carry(KeptState state, int t, long row) {
    Memory memory = state.memory();
    memory.copyFrom(memory, state.before(t) + row, state.before(t + 1) + row, filters);
  }

  private Memory beginMaskedOutput() {
    long[] shape = h.memory().array().shape().clone();
    shape[0] = config.returnSequences() ? steps : 1;
    Memory y = context.dense("y", context.scratch("y", shape));
    y.clear(block);
    maskedOutput = y;
    return y;
  }

  /** Puts out a step's h, or where it is masked what the step before did. */
  private void putOut(int t, Memory y) {
    long before = config.returnSequences() ? (t - 1) * block : 0;
    long after = config.returnSequences() ? t * block : 0;
    long row = 0;
    for (int sample = 0; sample < batch; sample++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        if (isValid(t, sample, pixel)) {
          y.copyFrom(h.memory(), h.before(t + 1) + row, after + row, filters);
        } else if (t == 0 || options.zeros()) {
          y.clear(after + row, filters);
        } else if (after != before) {
          y.copyFrom(y, before + row, after + row, filters);
        }
        row += filters;
      }
    }
  }

  /** The output, (batch, time, ..., filters) in the order of the loop or (batch, ..., filters). */
  INDArray output() {
    Memory masked = mask == null ? null : maskedOutput;
    if (!config.returnSequences()) {
      return masked == null ? h.value(steps) : masked.array().get(NDArrayIndex.point(0));
    }
    return batchMajor(
        masked == null
            ? h.memory().array().get(NDArrayIndex.interval(1, steps + 1))
            : masked.array());
  }

  /** A sequence with its steps in front seen with its samples in front. */
  static INDArray batchMajor(INDArray timeMajor) {
    int[] order = new int[timeMajor.rank()];
    Arrays.setAll(order, axis -> axis < 2 ? 1 - axis : axis);
    return timeMajor.permute(order);
  }

  /** h and c after the last step. */
  List<INDArray> lastStates() {
    return List.of(h.value(steps), c.value(steps));
  }

  private void drawDropout() {
    if (!context.training()) {
      return;
    }
    Long seed = config.seed();
    RandomStream random = seed == null ? context.random() : context.random().derive(seed);
    if (config.dropout() > 0) {
      DroppedConvolution dropped = droppedInput;
      if (dropped == null) {
        dropped =
            new DroppedConvolution(
                context,
                ConvLstm.KERNEL,
                config.useBias() ? ConvLstm.BIAS : null,
                inputPatches,
                Math.toIntExact(inputShape[inputShape.length - 1]),
                filters,
                batch,
                images(),
                config.dropout());
        droppedInput = dropped;
      }
      dropped.draw(random.derive("input"));
    }
    if (config.recurrentDropout() > 0) {
      DroppedConvolution dropped = droppedRecurrent;
      if (dropped == null) {
        dropped =
            new DroppedConvolution(
                context,
                ConvLstm.RECURRENT_KERNEL,
                null,
                statePatches,
                filters,
                filters,
                batch,
                batch,
                config.recurrentDropout());
        droppedRecurrent = dropped;
      }
      dropped.draw(random.derive("recurrent"));
    }
  }

  /** The convolution of x in this pass. */
  ImageConvolution inputConvolution() {
    ImageConvolution dropped = context.training() ? droppedInput : null;
    return dropped == null ? input : dropped;
  }

  /** The convolution of h in this pass. */
  ImageConvolution recurrentConvolution() {
    ImageConvolution dropped = context.training() ? droppedRecurrent : null;
    return dropped == null ? recurrent : dropped;
  }

  /** The arithmetic of a pixel's step. */
  ConvLstmGates arithmetic() {
    return arithmetic;
  }

  KeptState h() {
    return h;
  }

  KeptState c() {
    return c;
  }

  int steps() {
    return steps;
  }

  int batch() {
    return batch;
  }

  int pixels() {
    return pixels;
  }

  /** The sequence in the order of the loop, time-major. */
  Memory x() {
    Memory given = x;
    if (given == null) {
      throw new IllegalStateException("backward before forward");
    }
    return given;
  }
}
