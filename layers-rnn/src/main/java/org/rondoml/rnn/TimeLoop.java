package org.rondoml.rnn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.rondoml.core.compute.AxisOrder;
import org.rondoml.core.compute.ColumnProduct;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.PackedProduct;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Team;

/**
 * The loop over time that all recurrent layers share, for one layer, shard and number of steps.
 * With Z the pre-activations of the gates and h, ... the states:
 *
 * <pre>
 * Z = X W + b                 one product for many steps
 * for each step t:
 *   Z_t += h_{t-1} U
 *   h_t, ... = cell(Z_t, h_{t-1}, ...)
 * </pre>
 *
 * <p>All memory is time-major, so that the rows of a step lie together: X is (time, batch,
 * features), Z is (time, batch, gates * units), a state is (time, batch, units) with the initial
 * state in front. Steps are counted in the order of the loop, which {@code go_backwards} reverses.
 * Everything is allocated when the loop is made.
 *
 * <p>For a {@link BackwardLoop} all steps are kept. Where none can follow, the gates of a few steps
 * are, and two values of a state, if the output doesn't ask for more: what is in use then stays in
 * the cache, however long the sequence.
 */
public final class TimeLoop {
  /** The rows of X from which a product is as fast as with more. */
  private static final int ROWS_AT_ONCE = 128;

  /** The rows of X at once where a batch is one sample: so few that threads can share them. */
  private static final int ROWS_OF_ONE_SAMPLE = 16;

  private final LayerContext context;
  private final boolean backwards;
  private final int steps;
  private final int batch;
  private final int features;
  private final int units;
  private final int width;
  private final int stepsAtOnce;
  private final int keptGates;

  private final Memory gates;
  private final List<Memory> states = new ArrayList<>();
  private final List<Integer> keptValues = new ArrayList<>();
  private final INDArray output;
  private final List<INDArray> lastStates = new ArrayList<>();

  private final boolean hasBias;
  private final List<InputProducts> inputProducts = new ArrayList<>();
  private final PackedProduct stateTimesRecurrentKernel;
  private final FusedCell.Kernel kernel;
  private final @Nullable BackwardLoop backwardLoop;

  private @Nullable Memory inputs;

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
    this.backwards = backwards;
    this.steps = steps;
    this.batch = context.batchSize();
    this.features = features;
    this.units = cell.units();
    this.width = cell.gates() * cell.units();
    int rowsAtOnce = batch == 1 ? ROWS_OF_ONE_SAMPLE : ROWS_AT_ONCE;
    this.stepsAtOnce =
        context.forwardOnly() ? Math.min(steps, Math.max(1, rowsAtOnce / batch)) : steps;
    this.keptGates = batch == 1 ? steps : stepsAtOnce;

    gates = Memory.of(context.scratch("gates", keptGates, batch, width));
    for (int s = 0; s < cell.states(); s++) {
      int values = context.forwardOnly() && !(sequences && s == 0) ? 2 : steps + 1;
      INDArray state = context.scratch("state" + s, values, batch, units);
      keptValues.add(values);
      states.add(Memory.of(state));
      lastStates.add(state.get(NDArrayIndex.point(steps % values)));
    }
    INDArray h = states.get(0).array();
    output =
        sequences ? h.get(NDArrayIndex.interval(1, steps + 1)).permute(1, 0, 2) : lastStates.get(0);

    hasBias = cell.hasBias();
    inputs(0);
    stateTimesRecurrentKernel = context.product("recurrent_kernel", false, batch, true);
    kernel = cell.kernel(context, this);
    backwardLoop =
        context.forwardOnly() ? null : new BackwardLoop(context, this, cell, kernel, sequences);
  }

  /** The pre-activations of the gates; the cell may write over them. */
  public Memory gates() {
    return gates;
  }

  /** Where a sample's gates of a step begin. */
  public long gatesAt(int step, int sample) {
    return ((long) (step % keptGates) * batch + sample) * width;
  }

  /** The number of steps whose gates are kept. */
  public int keptGates() {
    return keptGates;
  }

  /** A state's values. */
  public Memory state(int state) {
    return states.get(state);
  }

  /** Where a sample's value of a state before a step begins. */
  public long before(int state, int step, int sample) {
    return ((long) (step % keptValues.get(state)) * batch + sample) * units;
  }

  /** Where a sample's value of a state after a step begins. */
  public long after(int state, int step, int sample) {
    return before(state, step + 1, sample);
  }

  /** The number of steps. */
  public int steps() {
    return steps;
  }

  int batch() {
    return batch;
  }

  int features() {
    return features;
  }

  int units() {
    return units;
  }

  int width() {
    return width;
  }

  /** The inputs that the last forward pass read, in the order of the loop. */
  Memory inputs() {
    Memory read = inputs;
    if (read == null) {
      throw new IllegalStateException("no forward pass yet");
    }
    return read;
  }

  /** Whether the last input comes first. */
  boolean isBackwards() {
    return backwards;
  }

  /** The way back. */
  BackwardLoop backwardLoop() {
    if (backwardLoop == null) {
      throw new IllegalStateException("a loop that goes forward only");
    }
    return backwardLoop;
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
    Team team = context.team();
    if (team.size() > 1
        && keptGates == steps
        && stateTimesRecurrentKernel instanceof ColumnProduct product) {
      forwardTogether(team, product);
    } else {
      forwardAlone();
    }
  }

  private void forwardAlone() {
    for (int t = 0; t < steps; t++) {
      if (t % stepsAtOnce == 0) {
        inputs(0).run(t);
      }
      stateTimesRecurrentKernel.run(states.get(0), before(0, t, 0), gates, gatesAt(t, 0));
      for (int sample = 0; sample < batch; sample++) {
        kernel.forward(t, sample);
      }
    }
  }

  /** The same with the columns of the recurrent kernel shared among threads. */
  private void forwardTogether(Team team, ColumnProduct product) {
    for (int part = 0; part < team.size(); part++) {
      inputs(part); // made here and not by the threads
    }
    int grains = product.columns() / product.grain();
    team.run(
        part -> {
          for (int t = part * stepsAtOnce; t < steps; t += team.size() * stepsAtOnce) {
            inputs(part).run(t);
          }
          int from = grains * part / team.size() * product.grain();
          int to = grains * (part + 1) / team.size() * product.grain();
          team.await();
          for (int t = 0; t < steps; t++) {
            product.run(states.get(0), before(0, t, 0), gates, gatesAt(t, 0), from, to);
            team.await();
            if (part == 0) {
              kernel.forward(t, 0); // a product of columns has one row, the only sample
            }
            team.await();
          }
        });
  }

  private InputProducts inputs(int part) {
    while (inputProducts.size() <= part) {
      inputProducts.add(new InputProducts());
    }
    return inputProducts.get(part);
  }

  /** X W + b for some steps at once, by one thread. */
  private final class InputProducts {
    private final PackedProduct whole = plan(stepsAtOnce);
    private final PackedProduct last = steps % stepsAtOnce == 0 ? whole : plan(steps % stepsAtOnce);

    private PackedProduct plan(int count) {
      return hasBias
          ? context.productWithBias("kernel", "bias", count * batch)
          : context.product("kernel", false, count * batch, false);
    }

    void run(int t) {
      PackedProduct product = t + stepsAtOnce <= steps ? whole : last;
      product.run(inputs(), (long) t * batch * features, gates, gatesAt(t, 0));
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
    boolean given = AxisOrder.isTimeMajor(sequence);
    if (!backwards && given) {
      return context.dense("x as given", sequence);
    }
    Memory copy = context.dense("x copy", context.scratch("x", steps, batch, features));
    copyRows(context.dense("x batch-major", sequence), given, copy);
    return copy;
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
}
