package org.rondoml.core.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.DataException;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;

/**
 * Which shapes fit, as {@code fit(sample_weight=...)} of Keras 3.15 and tf_keras 2.21 takes them.
 */
class SampleWeightsTest {
  private static SampleWeights weights(long... shape) {
    return SampleWeights.of(Nd4j.ones(Precision.FLOAT64.dataType(), shape), Precision.FLOAT64);
  }

  private static void fits(SampleWeights weights, Shape losses, Semantics semantics) {
    assertDoesNotThrow(() -> weights.require(losses, "out", semantics, "data.npz"));
  }

  private static String refusal(SampleWeights weights, Shape losses, Semantics semantics) {
    return String.valueOf(
        assertThrows(
                DataException.class, () -> weights.require(losses, "out", semantics, "data.npz"))
            .getMessage());
  }

  @Test
  void oneAStepFitsEverywhere() {
    for (Semantics semantics : Semantics.values()) {
      fits(weights(3), Shape.of(), semantics);
      fits(weights(3, 1), Shape.of(), semantics);
      fits(weights(3, 5), Shape.of(5), semantics);
      fits(weights(3, 5, 1), Shape.of(5), semantics);
      fits(weights(3, 1), Shape.of(5), semantics);
      fits(weights(3, 5, 1), Shape.of(5, 4), semantics);
    }
  }

  @Test
  void oneASampleWantsAnAxisForSequencesInKeras3() {
    fits(weights(3), Shape.of(5), Semantics.TF2);
    assertEquals(
        "data.npz: sample_weight has one number a sample, but the loss of output 'out' has numbers"
            + " of shape (5) a sample: expected the shape (samples, 5), or (samples, 1) for one"
            + " weight a sample",
        refusal(weights(3), Shape.of(5), Semantics.KERAS3));
  }

  @Test
  void refusesOtherShapes() {
    assertEquals(
        "data.npz: sample_weight has numbers of shape (4) a sample, but the loss of output 'out' has"
            + " one number a sample: expected the shape (samples)",
        refusal(weights(3, 4), Shape.of(), Semantics.TF2));
    assertEquals(
        "data.npz: sample_weight has numbers of shape (4) a sample, but the loss of output 'out' has"
            + " numbers of shape (5) a sample: expected the shape (samples, 5), or (samples) for one"
            + " weight a sample",
        refusal(weights(3, 4), Shape.of(5), Semantics.TF2));
    refusal(weights(3, 1, 4), Shape.of(5, 4), Semantics.TF2);
    refusal(weights(3), Shape.of(5, 4), Semantics.TF2);
  }

  @Test
  void rowsOfAStepShareItsWeight() {
    SampleWeights steps = SampleWeights.ofClasses(Shape.of(2), new double[] {1, 2, 3, 4});
    assertEquals(1, steps.of(0, 2, 6));
    assertEquals(4, steps.of(1, 3, 6));
    assertEquals(3, steps.gathered(new int[] {1, 0}).of(0, 0, 2));
    SampleWeights samples = SampleWeights.ofClasses(Shape.of(), new double[] {10, 100});
    assertEquals(400, samples.times(steps).of(1, 1, 2));
  }
}
