package org.rondoml.rnn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.Regularizer;
import org.rondoml.core.spi.ShapeMismatchException;

/**
 * A recurrent layer: {@linkplain RecurrentCell cells} run over time, each by a {@link TimeLoop}.
 * That cells stand one upon another at every step is the same as running them one after another,
 * each over all steps, and that is how it is done.
 *
 * <p>Inputs: a sequence of shape (batch, time, features), and optionally an initial value of shape
 * (batch, units) for each state of each cell. Outputs: (batch, time, units) or (batch, units), and
 * the last states, each (batch, units), where asked for. A mask of the sequence (batch, time) is
 * used, and handed on where every step's output is given. Keras 3 hands it on as well, but doesn't
 * use it, where initial states are given: {@code Layer.__call__} in {@code layers/layer.py} then
 * offers it as {@code sequences_mask}, which {@code RNN.call} doesn't take. Source: Keras {@code
 * layers/rnn/rnn.py}.
 */
public class RecurrentLayer implements Recurrent {
  private final List<RecurrentCell.Place> cells;
  private final SequenceConfig config;
  private final Semantics semantics;

  /** A layer around a cell, in Keras 3's semantics. */
  public RecurrentLayer(RecurrentCell cell, SequenceConfig config) {
    this(cell, config, Semantics.KERAS3);
  }

  /** A layer around a cell. */
  public RecurrentLayer(RecurrentCell cell, SequenceConfig config, Semantics semantics) {
    this(cell.places(), config, semantics);
  }

  private RecurrentLayer(
      List<RecurrentCell.Place> cells, SequenceConfig config, Semantics semantics) {
    this.cells = List.copyOf(cells);
    this.config = config;
    this.semantics = semantics;
  }

  @Override
  public final boolean returnsSequences() {
    return config.returnSequences();
  }

  @Override
  public final boolean returnsState() {
    return config.returnState();
  }

  @Override
  public final boolean goesBackwards() {
    return config.goBackwards();
  }

  @Override
  public final Recurrent with(boolean backwards, boolean zeroOutputForMask) {
    return new RecurrentLayer(
        cells, config.backwards(backwards).zeroOutputForMask(zeroOutputForMask), semantics);
  }

  @Override
  public final boolean isStateful() {
    return config.stateful();
  }

  @Override
  public final Optional<Regularizer> activityRegularizer() {
    return Optional.ofNullable(config.activityRegularizer());
  }

  private int units() {
    return cells.get(cells.size() - 1).cell().units();
  }

  /** The shape of each state, cell by cell. */
  private List<Shape> stateShapes() {
    return cells.stream()
        .flatMap(p -> Collections.nCopies(p.cell().states(), Shape.of(p.cell().units())).stream())
        .toList();
  }

  @Override
  public final List<Shape> outputShapes(List<Shape> inputs) {
    if (inputs.isEmpty() || inputs.get(0).rank() != 2) {
      throw new ShapeMismatchException(
          "found input of shape "
              + (inputs.isEmpty() ? "()" : inputs.get(0))
              + ", expected a sequence (time, features)"
              + (!inputs.isEmpty() && inputs.get(0).rank() == 1
                  ? "; a recurrent layer before this one gives a sequence with return_sequences: true"
                  : ""));
    }
    Shape sequence = inputs.get(0);
    if (sequence.dimension(1) == Shape.UNKNOWN) {
      throw new ShapeMismatchException(
          "found input of shape " + sequence + ", expected a known number of features");
    }
    checkInitialStates(inputs);
    List<Shape> outputs = new ArrayList<>();
    outputs.add(config.returnSequences() ? sequence.withLast(units()) : Shape.of(units()));
    if (config.returnState()) {
      outputs.addAll(stateShapes());
    }
    return outputs;
  }

  private void checkInitialStates(List<Shape> inputs) {
    List<Shape> states = stateShapes();
    if (inputs.size() != 1 && inputs.size() != 1 + states.size()) {
      throw new ShapeMismatchException(
          "found "
              + inputs.size()
              + " inputs, expected a sequence alone or a sequence and "
              + states.size()
              + " initial state"
              + (states.size() == 1 ? "" : "s"));
    }
    for (int s = 0; s < inputs.size() - 1; s++) {
      if (!inputs.get(s + 1).equals(states.get(s))) {
        throw new ShapeMismatchException(
            "found an initial state of shape "
                + inputs.get(s + 1)
                + ", expected "
                + states.get(s)
                + " as units says");
      }
    }
  }

  @Override
  public final List<ParameterSpec> parameters(List<Shape> inputs) {
    List<ParameterSpec> specs = new ArrayList<>();
    long features = inputs.get(0).dimension(1);
    for (RecurrentCell.Place place : cells) {
      for (ParameterSpec spec : place.cell().parameters(features)) {
        ParameterSpec own = place.trainable() ? spec : spec.frozen();
        specs.add(
            place.path().isEmpty()
                ? own.in("cell")
                : own.nested(place.path(), "cell/" + place.path()));
      }
      features = place.cell().units();
    }
    return inOrderOf(semantics, specs);
  }

  /**
   * The parameters of a layer in the order of its weights: in tf_keras the frozen ones come last.
   */
  static List<ParameterSpec> inOrderOf(Semantics semantics, List<ParameterSpec> specs) {
    return semantics == Semantics.KERAS3
        ? specs
        : specs.stream().sorted(Comparator.comparing(spec -> !spec.trainable())).toList();
  }

  @Override
  public final Cost cost(List<Shape> inputs) {
    Shape sequence = inputs.get(0);
    long steps = Math.max(1, sequence.dimension(0));
    long features = sequence.dimension(1);
    long forward = 0;
    long inputGradient = 0;
    long saved = 0;
    for (RecurrentCell.Place place : cells) {
      FusedCell cell = place.cell();
      long width = (long) cell.gates() * cell.units();
      long input = 2 * steps * features * width;
      forward += input + 2 * steps * cell.units() * width;
      if (inputGradient == 0) {
        inputGradient = input; // the first cell's
      }
      // The gates and the states at all steps; the inputs in the order of the loop, or where they
      // lie so already, their gradient; and the gradients of the states at one step.
      long states = (long) cell.states() * cell.units();
      saved += steps * (cell.savedWidth() + states + features) + 2 * states;
      features = cell.units();
    }
    return new Cost(forward, inputGradient, saved);
  }

  @Override
  public final List<INDArray> forward(LayerContext context, List<INDArray> inputs) {
    Pass pass = context.plan("pass", Pass.class, Pass::new);
    pass.chain =
        context.plan(
            "loops of " + inputs.get(0).size(1), Chain.class, () -> new Chain(context, inputs));
    pass.inputs = inputs.size();
    return pass.chain.forward(context, inputs);
  }

  @Override
  public final List<@Nullable Mask> outputMasks(LayerContext context, List<INDArray> inputs) {
    return Collections.singletonList(config.returnSequences() ? context.mask(0) : null);
  }

  @Override
  public final List<INDArray> backward(LayerContext context, List<INDArray> outputGradients) {
    Pass pass = context.plan("pass", Pass.class, Pass::new);
    Chain chain = pass.chain;
    if (chain == null) {
      throw new IllegalStateException("backward before forward");
    }
    return chain.backward(outputGradients, context.needsInputGradient(0), pass.inputs);
  }

  /** What backward needs to know of the forward pass before it. */
  private static final class Pass {
    private @Nullable Chain chain;
    private int inputs;
  }

  /** The loops of all cells, for one shard and number of steps. */
  private final class Chain {
    private final List<TimeLoop> loops = new ArrayList<>();
    private boolean beginsWithKept;

    Chain(LayerContext context, List<INDArray> inputs) {
      int steps = Math.toIntExact(inputs.get(0).size(1));
      int features = Math.toIntExact(inputs.get(0).size(2));
      for (int c = 0; c < cells.size(); c++) {
        boolean last = c == cells.size() - 1;
        FusedCell cell = cells.get(c).cell();
        TimeLoop.LoopOptions options =
            new TimeLoop.LoopOptions(
                !last || config.returnSequences(),
                c == 0 && config.goBackwards(),
                last ? config.zeros() : MaskedZeros.NONE);
        loops.add(new TimeLoop(cellContext(context, c), cell, options, steps, features));
        features = cell.units();
      }
    }

    private LayerContext cellContext(LayerContext context, int c) {
      String path = cells.get(c).path();
      return path.isEmpty()
          ? context
          : context.nested(
              path,
              context.batchSize(),
              List.of(),
              List.of(c > 0 || context.needsInputGradient(0)));
    }

    List<INDArray> forward(LayerContext context, List<INDArray> inputs) {
      INDArray sequence = inputs.get(0);
      Mask mask = inputs.size() > 1 && semantics == Semantics.KERAS3 ? null : maskOf(context);
      beginsWithKept = beginsWithKept(context, inputs.size() > 1);
      int state = 1;
      List<INDArray> lastStates = new ArrayList<>();
      for (int c = 0; c < loops.size(); c++) {
        LayerContext own = cellContext(context, c);
        int count = cells.get(c).cell().states();
        List<INDArray> initial =
            beginsWithKept
                ? kept(own, cells.get(c).cell())
                : inputs.size() > 1 ? inputs.subList(state, state + count) : List.of();
        // The cells after the first read steps in the order of the loop.
        Mask inOrder = mask == null || c == 0 || !config.goBackwards() ? mask : reversed(mask);
        loops.get(c).forward(sequence, initial, inOrder);
        keep(own, loops.get(c).lastStates());
        sequence = loops.get(c).output();
        lastStates.addAll(loops.get(c).lastStates());
        state += count;
      }
      List<INDArray> outputs = new ArrayList<>();
      outputs.add(sequence);
      if (config.returnState()) {
        outputs.addAll(lastStates);
      }
      return outputs;
    }

    /** The mask, unless all steps count: then there is nothing to do about it. */
    private @Nullable Mask maskOf(LayerContext context) {
      Mask mask = context.mask(0);
      if (mask != null && mask.shape().rank() != 1) {
        throw new ShapeMismatchException(
            "found a mask of shape "
                + mask.shape()
                + ", expected a value for each of "
                + mask.shape().dimension(0)
                + " steps: a Masking layer above this one makes such a mask");
      }
      return mask == null || mask.countValid() == mask.samples() * mask.positions() ? null : mask;
    }

    private Mask reversed(Mask mask) {
      boolean[] valid = new boolean[mask.samples() * mask.positions()];
      for (int i = 0; i < valid.length; i++) {
        int sample = i / mask.positions();
        int step = i % mask.positions();
        valid[i] = mask.isValid(sample, mask.positions() - 1 - step);
      }
      return Mask.of(mask.shape(), mask.samples(), valid);
    }

    /**
     * Whether the loops go on with the states that the batch before left. In tf_keras they do even
     * where initial states are given, as soon as there is a state other than 0.
     */
    private boolean beginsWithKept(LayerContext context, boolean given) {
      if (!config.stateful() || !given) {
        return config.stateful();
      }
      for (int c = 0; semantics != Semantics.KERAS3 && c < cells.size(); c++) {
        for (INDArray state : kept(cellContext(context, c), cells.get(c).cell())) {
          if (state.amaxNumber().doubleValue() != 0) {
            return true;
          }
        }
      }
      return false;
    }

    /** The states that the batch before left. */
    private List<INDArray> kept(LayerContext context, FusedCell cell) {
      List<INDArray> states = new ArrayList<>();
      for (int s = 0; s < cell.states(); s++) {
        states.add(context.state("state" + s, context.batchSize(), cell.units()).array());
      }
      return states;
    }

    private void keep(LayerContext context, List<INDArray> lastStates) {
      for (int s = 0; config.stateful() && s < lastStates.size(); s++) {
        INDArray last = lastStates.get(s);
        Memory state = context.state("state" + s, last.shape());
        state.copyFrom(context.dense("last state" + s, last), 0, 0, last.length());
      }
    }

    List<INDArray> backward(
        List<INDArray> outputGradients, boolean needsInputGradient, int inputs) {
      INDArray gradient = outputGradients.get(0);
      int state = outputGradients.size();
      for (int c = loops.size() - 1; c >= 0; c--) {
        int count = cells.get(c).cell().states();
        List<INDArray> ofStates = List.of();
        if (outputGradients.size() > 1) {
          ofStates = outputGradients.subList(state - count, state);
          state -= count;
        }
        BackwardLoop back = loops.get(c).backwardLoop();
        back.backward(gradient, ofStates);
        gradient =
            c > 0 || needsInputGradient
                ? loops.get(c).inputGradient()
                : back.stateGradient(0).array();
      }
      List<INDArray> gradients = new ArrayList<>();
      gradients.add(gradient);
      for (int c = 0; inputs > 1 && c < loops.size(); c++) {
        for (int s = 0; s < cells.get(c).cell().states(); s++) {
          INDArray ofState = loops.get(c).backwardLoop().stateGradient(s).array();
          gradients.add(beginsWithKept ? ofState.assign(0) : ofState);
        }
      }
      return gradients;
    }
  }
}
