package org.rondoml.rnn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.ShapeMismatchException;

/**
 * A recurrent layer: a {@link FusedCell} run over time by a {@link TimeLoop}.
 *
 * <p>Inputs: a sequence of shape (batch, time, features), and optionally an initial value of shape
 * (batch, units) for each state. Outputs: (batch, time, units) or (batch, units), and the last
 * states, each (batch, units), where asked for.
 */
public abstract class RecurrentLayer implements Layer {
  private final FusedCell cell;
  private final boolean returnSequences;
  private final boolean returnState;
  private final boolean goBackwards;

  /**
   * A layer around a cell.
   *
   * @param returnSequences whether the output has every step's h, or the last one's
   * @param returnState whether the last states are outputs too
   * @param goBackwards whether the sequence is read from its end; the outputs stay in that order
   */
  protected RecurrentLayer(
      FusedCell cell, boolean returnSequences, boolean returnState, boolean goBackwards) {
    this.cell = cell;
    this.returnSequences = returnSequences;
    this.returnState = returnState;
    this.goBackwards = goBackwards;
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
    Shape state = Shape.of(cell.units());
    outputs.add(returnSequences ? sequence.withLast(cell.units()) : state);
    if (returnState) {
      outputs.addAll(Collections.nCopies(cell.states(), state));
    }
    return outputs;
  }

  private void checkInitialStates(List<Shape> inputs) {
    if (inputs.size() != 1 && inputs.size() != 1 + cell.states()) {
      throw new ShapeMismatchException(
          "found "
              + inputs.size()
              + " inputs, expected a sequence alone or a sequence and "
              + cell.states()
              + " initial state"
              + (cell.states() == 1 ? "" : "s"));
    }
    Shape state = Shape.of(cell.units());
    for (Shape initial : inputs.subList(1, inputs.size())) {
      if (!initial.equals(state)) {
        throw new ShapeMismatchException(
            "found an initial state of shape "
                + initial
                + ", expected "
                + state
                + " as units says");
      }
    }
  }

  @Override
  public final List<ParameterSpec> parameters(List<Shape> inputs) {
    return cell.parameters(inputs.get(0).dimension(1));
  }

  @Override
  public final Cost cost(List<Shape> inputs) {
    Shape sequence = inputs.get(0);
    long steps = Math.max(1, sequence.dimension(0));
    long width = (long) cell.gates() * cell.units();
    long input = 2 * steps * sequence.dimension(1) * width;
    long recurrent = 2 * steps * cell.units() * width;
    // The gates and the states at all steps; the inputs in the order of the loop, or where they lie
    // so
    // already, their gradient; and the gradients of the states at one step.
    long states = (long) cell.states() * cell.units();
    long saved = steps * (width + states + sequence.dimension(1)) + 2 * states;
    return new Cost(input + recurrent, input, saved, steps * width);
  }

  @Override
  public final List<INDArray> forward(LayerContext context, List<INDArray> inputs) {
    INDArray sequence = inputs.get(0);
    int steps = (int) sequence.size(1);
    int features = (int) sequence.size(2);
    TimeLoop loop =
        context.plan(
            "loop of " + steps,
            TimeLoop.class,
            () -> new TimeLoop(context, cell, returnSequences, goBackwards, steps, features));
    Pass pass = context.plan("pass", Pass.class, Pass::new);
    pass.loop = loop;
    pass.inputs = inputs.size();
    loop.forward(sequence, inputs.subList(1, inputs.size()));
    List<INDArray> outputs = new ArrayList<>();
    outputs.add(loop.output());
    if (returnState) {
      outputs.addAll(loop.lastStates());
    }
    return outputs;
  }

  @Override
  public final List<INDArray> backward(LayerContext context, List<INDArray> outputGradients) {
    Pass pass = context.plan("pass", Pass.class, Pass::new);
    TimeLoop loop = pass.loop;
    if (loop == null) {
      throw new IllegalStateException("backward before forward");
    }
    BackwardLoop back = loop.backwardLoop();
    back.backward(outputGradients.get(0), outputGradients.subList(1, outputGradients.size()));
    List<INDArray> gradients = new ArrayList<>();
    gradients.add(
        context.needsInputGradient(0) ? back.inputGradient() : back.stateGradient(0).array());
    for (int s = 0; s < pass.inputs - 1; s++) {
      gradients.add(back.stateGradient(s).array());
    }
    return gradients;
  }

  /** What backward needs to know of the forward pass before it. */
  private static final class Pass {
    private @Nullable TimeLoop loop;
    private int inputs;
  }
}
