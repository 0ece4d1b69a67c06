package org.rondoml.tck;

import org.rondoml.api.Shape;
import org.rondoml.core.spi.Mask;

/** Which steps of a sequence are masked, in ways that have broken recurrent layers before. */
public enum MaskPattern {
  /** Samples of different lengths, padded at the end; the first has all steps. */
  RIGHT_PADDED {
    @Override
    boolean isValid(int sample, int step, int steps) {
      return step < Math.max(1, steps - 2 * sample);
    }
  },
  /** Samples padded at the start. */
  LEFT_PADDED {
    @Override
    boolean isValid(int sample, int step, int steps) {
      return step > sample;
    }
  },
  /** Steps missing here and there, in the first sample the first one. */
  GAPS {
    @Override
    boolean isValid(int sample, int step, int steps) {
      return (step + sample) % 3 != 0;
    }
  },
  /** Nothing counts, in no sample. */
  ALL_MASKED {
    @Override
    boolean isValid(int sample, int step, int steps) {
      return false;
    }
  };

  abstract boolean isValid(int sample, int step, int steps);

  /**
   * The mask of this pattern.
   *
   * @param samples the number of samples
   * @param steps the number of steps of a sample
   */
  public Mask of(int samples, int steps) {
    boolean[] valid = new boolean[samples * steps];
    for (int i = 0; i < valid.length; i++) {
      valid[i] = isValid(i / steps, i % steps, steps);
    }
    return Mask.of(Shape.of(steps), samples, valid);
  }
}
