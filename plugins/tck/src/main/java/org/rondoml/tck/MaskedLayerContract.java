package org.rondoml.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.rondoml.api.Precision;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.spi.Mask;

/**
 * What a layer has to hold that does something with the mask of its first input, a sequence: a
 * recurrent layer, attention, an average over time.
 */
public abstract class MaskedLayerContract extends LayerContract {
  /** For subclasses. */
  protected MaskedLayerContract() {}

  /** Backward agrees with finite differences whatever is masked. */
  @Test
  public void gradientsOfMaskedInputsAgreeWithFiniteDifferences() {
    for (MaskPattern pattern : MaskPattern.values()) {
      new GradientCheck(layer(), inputs(), List.of(mask(pattern)), SEED).run(BATCH);
    }
  }

  /** What is masked has no gradient: zeros, not small numbers. */
  @Test
  public void maskedStepsGetNoGradient() {
    for (MaskPattern pattern : MaskPattern.values()) {
      Mask mask = mask(pattern);
      LayerRunner runner = runner(layer(), Precision.FLOAT64);
      INDArray gradient =
          pass(runner, values(Precision.FLOAT64), List.of(mask), SEED).inputs().get(0);
      for (int sample = 0; sample < BATCH; sample++) {
        for (int step = 0; step < mask.positions(); step++) {
          if (!mask.isValid(sample, step)) {
            INDArray ofStep =
                gradient.get(NDArrayIndex.point(sample), NDArrayIndex.point(step)).dup('c');
            assertArrayEquals(
                new double[Math.toIntExact(ofStep.length())],
                ofStep.data().asDouble(),
                0.0,
                pattern + ": gradient of sample " + sample + ", step " + step);
          }
        }
      }
    }
  }

  private Mask mask(MaskPattern pattern) {
    return pattern.of(BATCH, Math.toIntExact(inputs().get(0).dimension(0)));
  }
}
