package org.rondoml.rnn;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Mask;

/**
 * What a layer puts out for sequences with masked steps: at a masked step the output of the step
 * before it, zeros before the first step that counts; or zeros at every masked step.
 */
final class MaskedOutput {
  private final TimeLoop loop;
  private final boolean sequences;
  private final boolean zeros;
  private final boolean backwards;
  private final Memory memory;
  private @Nullable Mask mask;

  /**
   * Output of a loop.
   *
   * @param sequences whether every step's output is kept, or the last one's
   * @param zeros whether masked steps put out zeros
   * @param backwards whether the loop reads the last step first
   */
  MaskedOutput(
      LayerContext context, TimeLoop loop, boolean sequences, boolean zeros, boolean backwards) {
    this.loop = loop;
    this.sequences = sequences;
    this.zeros = zeros;
    this.backwards = backwards;
    memory =
        Memory.of(
            context.scratch("output", sequences ? loop.steps() : 1, loop.batch(), loop.units()));
  }

  /** Takes the mask of a sequence. */
  void begin(Mask steps) {
    mask = steps;
    memory.clear((long) loop.batch() * loop.units());
  }

  /** Whether a step counts, in the order of the loop. */
  boolean isValid(int step, int sample) {
    Mask steps = mask;
    return steps == null || steps.isValid(sample, backwards ? loop.steps() - 1 - step : step);
  }

  boolean zeros() {
    return zeros;
  }

  private long at(int step, int sample) {
    return ((long) (sequences ? step : 0) * loop.batch() + sample) * loop.units();
  }

  /** Makes the output of a step from the state after it. */
  void put(int step, int sample) {
    if (isValid(step, sample)) {
      memory.copyFrom(loop.state(0), loop.after(0, step, sample), at(step, sample), loop.units());
    } else if (zeros) {
      memory.clear(at(step, sample), loop.units());
    } else if (sequences && step > 0) {
      memory.copyFrom(memory, at(step - 1, sample), at(step, sample), loop.units());
    }
  }

  /** The output: (batch, time, units) in the order of the loop, or (batch, units). */
  INDArray output() {
    INDArray all = memory.array();
    return sequences ? all.permute(1, 0, 2) : all.reshape(loop.batch(), loop.units());
  }
}
