package org.rondoml.rnn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.compute.AxisOrder;
import org.rondoml.core.compute.Memory;
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
 *
 * <p>Where a step is masked, the gradients of the states pass it unchanged, dZ is zero, and dY goes
 * to the step before, whose output the masked one repeats.
 */
public final class BackwardLoop {
  private final LayerContext context;
  private final TimeLoop loop;
  private final boolean sequences;
  private final boolean carriesOutput;
  private final long block;
  private final List<Memory> stateGradients = new ArrayList<>();
  private final @Nullable BiasGradient biasGradient;
  private final Vec dh;
  private final Vec more;

  /**
   * The way back through a loop, with memory of its own.
   *
   * @param sequences whether there is a gradient of every step's h, or of the last one's
   */
  BackwardLoop(LayerContext context, TimeLoop loop, FusedCell cell, boolean sequences) {
    this.context = context;
    this.loop = loop;
    this.sequences = sequences;
    this.carriesOutput = cell.carriesOutput();
    this.block = (long) loop.batch() * loop.units();
    for (int s = 0; s < cell.states(); s++) {
      stateGradients.add(
          Memory.of(context.scratch("state gradient" + s, loop.batch(), loop.units())));
    }
    biasGradient =
        cell.hasBias() ? new BiasGradient(context, loop, loop.gateRows(), loop.width(), 0) : null;
    dh = context.window("sum of dh", loop.units());
    more = context.window("more of dh", loop.units());
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
    Memory dy = sequences ? timeMajorGradient(outputGradient) : context.dense("dy", outputGradient);
    if (biasGradient != null) {
      biasGradient.begin();
    }
    stateGradients.forEach(Memory::clear);
    for (int s = 0; s < lastStateGradients.size(); s++) {
      stateGradients.get(s).array().addi(lastStateGradients.get(s));
    }
    MaskedOutput mask = loop.mask();
    if (mask == null) {
      throughAll(dy);
    } else {
      throughMasked(dy, mask);
    }
    if (biasGradient != null) {
      biasGradient.end();
    }
    loop.inputTerm().addGradients();
    loop.stages().forEach(stage -> stage.term().addGradients());
  }

  private void throughAll(Memory dy) {
    int last = loop.steps() - 1;
    addRows(dy, sequences ? last * block : 0);
    for (int t = last; t >= 0; t--) {
      List<FusedCell.Stage> stages = loop.stages();
      for (int i = stages.size() - 1; i >= 0; i--) {
        for (int sample = 0; sample < loop.batch(); sample++) {
          stages.get(i).kernel().backward(t, sample, this);
        }
        if (i == 0) {
          if (biasGradient != null) {
            biasGradient.add(t);
          }
          beginBefore(dy, t);
        }
        loop.backward(stages.get(i).term(), t);
      }
      loop.inputTerm().backward(t);
    }
  }

  /** dh of the step before, without what the recurrent kernel brings. */
  private void beginBefore(Memory dy, int t) {
    Memory gradient = stateGradients.get(0);
    boolean hasOutput = sequences && t > 0;
    if (carriesOutput) {
      if (hasOutput) {
        addRows(dy, (t - 1) * block);
      }
    } else if (hasOutput) {
      gradient.copyFrom(dy, (t - 1) * block, 0, block);
    } else {
      gradient.clear();
    }
  }

  private void addRows(Memory rows, long at) {
    for (int sample = 0; sample < loop.batch(); sample++) {
      dh.updates(stateGradients.get(0), gradientAt(sample));
      dh.add(dh, more.reads(rows, at + gradientAt(sample))).done();
    }
  }

  private void throughMasked(Memory dy, MaskedOutput mask) {
    Memory carried = Memory.of(context.scratch("dy of masked steps", loop.batch(), loop.units()));
    carried.clear();
    for (int t = loop.steps() - 1; t >= 0; t--) {
      boolean hasOutput = sequences || t == loop.steps() - 1;
      for (int sample = 0; sample < loop.batch(); sample++) {
        boolean counts = mask.isValid(t, sample);
        long at = gradientAt(sample);
        if (hasOutput && mask.isShown(t, sample)) {
          add(carried, at, dy, (sequences ? t * block : 0) + at);
        }
        if (counts) {
          add(stateGradients.get(0), at, carried, at);
          carried.clear(at, loop.units());
        }
      }
      List<FusedCell.Stage> stages = loop.stages();
      for (int i = stages.size() - 1; i >= 0; i--) {
        for (int sample = 0; sample < loop.batch(); sample++) {
          if (mask.isValid(t, sample)) {
            stages.get(i).kernel().backward(t, sample, this);
          } else {
            loop.gates().clear(loop.gatesAt(t, sample), loop.width());
            stages.get(i).term().clear(t, sample);
          }
        }
        if (i == 0) {
          if (biasGradient != null) {
            biasGradient.add(t);
          }
          clearUnlessCarried(t, mask);
        }
        loop.backward(stages.get(i).term(), t);
      }
      loop.inputTerm().backward(t);
    }
  }

  private void clearUnlessCarried(int t, MaskedOutput mask) {
    for (int sample = 0; !carriesOutput && sample < loop.batch(); sample++) {
      if (mask.isValid(t, sample)) {
        stateGradients.get(0).clear(gradientAt(sample), loop.units());
      }
    }
  }

  private void add(Memory to, long at, Memory from, long fromAt) {
    dh.updates(to, at);
    dh.add(dh, more.reads(from, fromAt)).done();
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
}
