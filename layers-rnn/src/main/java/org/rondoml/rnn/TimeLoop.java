package org.rondoml.rnn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.spi.Columns;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.Team;

/**
 * The loop over time that all recurrent layers share, for one cell, shard and number of steps. With
 * Z the pre-activations of the gates and h, ... the states:
 *
 * <pre>
 * Z = X W + b                 one product for many steps
 * for each step t:
 *   Z_t += h_{t-1} U
 *   h_t, ... = cell(Z_t, h_{t-1}, ...)        where step t counts
 *   h_t, ... = h_{t-1}, ...                   where it is masked
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
  private final FusedCell cell;
  private final LoopOptions options;
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

  private final LoopInput input;
  private final WholeInput wholeInput;
  private final List<FusedCell.Stage> stages;
  private final @Nullable BackwardLoop backwardLoop;
  private @Nullable InputTerm droppedInput;
  private @Nullable MaskedOutput maskedOutput;

  private InputTerm inputTerm;
  private boolean masked;
  private boolean fromZeros;

  /**
   * How a loop goes over a sequence.
   *
   * @param sequences whether every step's h is the output, or the last one's
   * @param backwards whether the last input comes first
   * @param zeros which steps put out zeros
   */
  record LoopOptions(boolean sequences, boolean backwards, MaskedZeros zeros) {}

  /**
   * A loop with memory of its own.
   *
   * @param steps the number of time steps
   * @param features the length of an input
   */
  TimeLoop(LayerContext context, FusedCell cell, LoopOptions options, int steps, int features) {
    this.context = context;
    this.cell = cell;
    this.options = options;
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
      int values = context.forwardOnly() && !(options.sequences() && s == 0) ? 2 : steps + 1;
      INDArray state = context.scratch("state" + s, values, batch, units);
      keptValues.add(values);
      states.add(Memory.of(state));
      lastStates.add(state.get(NDArrayIndex.point(steps % values)));
    }
    INDArray h = states.get(0).array();
    output =
        options.sequences()
            ? h.get(NDArrayIndex.interval(1, steps + 1)).permute(1, 0, 2)
            : lastStates.get(0);

    input = new LoopInput(context, options.backwards(), steps, features);
    wholeInput = new WholeInput(context, this, cell.hasBias(), input, null);
    inputTerm = wholeInput;
    backwardLoop =
        context.forwardOnly() ? null : new BackwardLoop(context, this, cell, options.sequences());
    stages = cell.stages(context, this);
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

  /** The number of samples. */
  public int batch() {
    return batch;
  }

  int features() {
    return features;
  }

  int units() {
    return units;
  }

  /** The length of a sample's gates: their number times units. */
  public int width() {
    return width;
  }

  int stepsAtOnce() {
    return stepsAtOnce;
  }

  List<FusedCell.Stage> stages() {
    return stages;
  }

  InputTerm inputTerm() {
    return inputTerm;
  }

  /** The way back. */
  public BackwardLoop backwardLoop() {
    if (backwardLoop == null) {
      throw new IllegalStateException("a loop that goes forward only");
    }
    return backwardLoop;
  }

  /** The pre-activations, a row for each step and sample. */
  Rows gateRows() {
    return new Rows(gates, width, this::gatesAt);
  }

  /** h U added to the pre-activations of all gates. */
  public RecurrentTerm addedTerm() {
    int apart = cell.dropout().perGate() ? cell.gates() : 1;
    int gatesOfPart = cell.gates() / apart;
    return dropping(
        addedTerm(0, cell.gates(), null),
        () ->
            TermList.of(
                IntStream.range(0, apart)
                    .mapToObj(
                        p -> addedTerm(p * gatesOfPart, (p + 1) * gatesOfPart, stateDropout(p)))
                    .toList()));
  }

  /**
   * h U of some gates added to their pre-activations.
   *
   * @param dropout what is dropped of h, or null for nothing
   */
  KernelTerm addedTerm(int fromGate, int toGate, @Nullable StepDropout dropout) {
    Columns columns = new Columns(fromGate * units, toGate * units);
    KernelTerm.Part part = KernelTerm.Part.added("recurrent_kernel", columns);
    return stateTerm(part, gateRows().from(columns.from()), dropout);
  }

  /** A term that drops nothing but in training. */
  RecurrentTerm dropping(RecurrentTerm whole, Supplier<RecurrentTerm> dropped) {
    return cell.dropout().states() == 0 ? whole : new DroppingTerm(context, whole, dropped);
  }

  /** h times some columns of U, perhaps with a mask. */
  KernelTerm stateTerm(KernelTerm.Part part, Rows z, @Nullable StepDropout dropout) {
    Rows h = new Rows(states.get(0), units, (step, sample) -> before(0, step, sample));
    Rows dh = context.forwardOnly() ? h : stateGradientRows();
    return new KernelTerm(context, this, part, h, dh, z, dropout);
  }

  /** The mask of the state for a gate. */
  StepDropout stateDropout(int gate) {
    CellDropout dropout = cell.dropout();
    return new StepDropout(context, dropout, dropout.states(), "state of gate " + gate, units);
  }

  /** The gradient of h. */
  Rows stateGradientRows() {
    BackwardLoop back = backwardLoop();
    return new Rows(back.stateGradient(0), units, (step, sample) -> back.gradientAt(sample));
  }

  /**
   * Runs all steps.
   *
   * @param sequence of shape (batch, time, features)
   * @param initial initial states of shape (batch, units), or none for zeros
   * @param mask which steps count, or null for all
   */
  void forward(INDArray sequence, List<INDArray> initial, @Nullable Mask mask) {
    masked = mask != null;
    if (mask != null) {
      maskedOutput().begin(mask);
    }
    fromZeros = initial.isEmpty();
    inputTerm = chooseInput();
    inputTerm.begin(sequence);
    stages.forEach(stage -> stage.term().begin());
    for (int s = 0; s < states.size(); s++) {
      setInitial(s, initial);
    }
    Team team = context.team();
    int parts = stages.size() == 1 ? stages.get(0).term().parts() : 0;
    if (team.size() > 1 && keptGates == steps && parts > 0 && !masked) {
      forwardTogether(team, parts);
    } else {
      forwardAlone();
    }
  }

  /** What inputs bring, without what is dropped in training. */
  private InputTerm chooseInput() {
    CellDropout dropout = cell.dropout();
    if (dropout.inputs() == 0 || !context.training()) {
      return wholeInput;
    }
    InputTerm made = droppedInput;
    if (made == null) {
      made =
          dropout.perGate()
              ? new GateInputs(context, this, cell, input)
              : new WholeInput(
                  context,
                  this,
                  cell.hasBias(),
                  input,
                  new StepDropout(context, dropout, dropout.inputs(), "inputs", features));
      droppedInput = made;
    }
    return made;
  }

  private MaskedOutput maskedOutput() {
    MaskedOutput made = maskedOutput;
    if (made == null) {
      made =
          new MaskedOutput(
              context, this, options.sequences(), options.zeros(), options.backwards());
      maskedOutput = made;
    }
    return made;
  }

  /** The masked output where some steps are masked in this pass, else null. */
  @Nullable MaskedOutput mask() {
    return masked ? maskedOutput : null;
  }

  private void forwardAlone() {
    for (int t = 0; t < steps; t++) {
      inputTerm.forward(t);
      for (FusedCell.Stage stage : stages) {
        if (t == 0 && fromZeros) {
          stage.term().forwardFromZeros();
        } else {
          stage.term().forward(t);
        }
        for (int sample = 0; sample < batch; sample++) {
          if (counts(t, sample)) {
            stage.kernel().forward(t, sample);
          }
        }
      }
      if (masked) {
        endMasked(t);
      }
    }
  }

  /** Goes back through the product of a step. */
  void backward(RecurrentTerm term, int step) {
    if (step == 0 && fromZeros) {
      term.backwardToZeros();
    } else {
      term.backward(step);
    }
  }

  boolean counts(int step, int sample) {
    return !masked || maskedOutput().isValid(step, sample);
  }

  /** Carries the states over a step where it is masked, and makes the output of the step. */
  private void endMasked(int t) {
    MaskedOutput made = maskedOutput();
    for (int sample = 0; sample < batch; sample++) {
      if (!made.isValid(t, sample)) {
        for (int s = 0; s < states.size(); s++) {
          Memory state = states.get(s);
          state.copyFrom(state, before(s, t, sample), after(s, t, sample), units);
        }
      }
      made.put(t, sample);
    }
  }

  /** The same as alone with the columns of the recurrent kernel shared among threads. */
  private void forwardTogether(Team team, int parts) {
    FusedCell.Stage stage = stages.get(0);
    wholeInput.prepare(team.size()); // made here and not by the threads
    team.run(
        part -> {
          wholeInput.forward(part, team.size());
          int from = parts * part / team.size();
          int to = parts * (part + 1) / team.size();
          team.await();
          for (int t = 0; t < steps; t++) {
            stage.term().forward(t, from, to);
            team.await();
            if (part == 0) {
              stage.kernel().forward(t, 0); // a product of columns has one row, the only sample
            }
            team.await();
          }
        });
  }

  /** The output: (batch, time, units) in the order of the loop, or (batch, units). */
  INDArray output() {
    return masked ? maskedOutput().output() : output;
  }

  /** The states after the last step, each (batch, units). */
  List<INDArray> lastStates() {
    return lastStates;
  }

  /** The gradient of the input, of shape (batch, time, features), after a backward pass. */
  INDArray inputGradient() {
    return input.inTime(inputTerm.gradient());
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
}
