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
  private final MaskedZeros zeros;
  private final boolean backwards;
  private final Memory memory;
  private @Nullable Mask mask;

  /**
   * Output of a loop.
   *
   * @param sequences whether every step's output is kept, or the last one's
   * @param zeros which steps put out zeros
   * @param backwards whether the loop reads the last step first
   */
  MaskedOutput(
      LayerContext context,
      TimeLoop loop,
      boolean sequences,
      MaskedZeros zeros,
      boolean backwards) {
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
    return steps == null || steps.isValid(sample, inTime(step));
  }

  private int inTime(int step) {
    return backwards ? loop.steps() - 1 - step : step;
  }

  /** Whether a step puts out more than zeros. */
  boolean isShown(int step, int sample) {
    Mask steps = mask;
    return switch (zeros) {
      case NONE -> true;
      case MASKED -> isValid(step, sample);
      case MASKED_FROM_THE_OTHER_END ->
          steps == null || steps.isValid(sample, loop.steps() - 1 - inTime(step));
    };
  }

  private long at(int step, int sample) {
    return ((long) (sequences ? step : 0) * loop.batch() + sample) * loop.units();
  }

  /** Makes the output of a step from the state after it, which a masked step leaves as it was. */
  void put(int step, int sample) {
    if (!isShown(step, sample)) {
      memory.clear(at(step, sample), loop.units());
    } else if (isValid(step, sample) || hasBegun(step, sample)) {
      memory.copyFrom(loop.state(0), loop.after(0, step, sample), at(step, sample), loop.units());
    } else if (sequences) {
      memory.clear(at(step, sample), loop.units()); // and no initial state
    }
  }

  /** Whether any step before this one counts. */
  private boolean hasBegun(int step, int sample) {
    for (int before = step - 1; before >= 0; before--) {
      if (isValid(before, sample)) {
        return true;
      }
    }
    return false;
  }

  /** The output: (batch, time, units) in the order of the loop, or (batch, units). */
  INDArray output() {
    INDArray all = memory.array();
    return sequences ? all.permute(1, 0, 2) : all.reshape(loop.batch(), loop.units());
  }
}
