package org.rondoml.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Reduction;

class WeighingTest {
  private static double divisor(
      Reduction reduction, Semantics semantics, Double counted, Double total) {
    return Weighing.ofRows(reduction, semantics, 12, counted, total).valueDivisor();
  }

  @Test
  void rowsThatCountDivideAMean() {
    for (Reduction mean : new Reduction[] {Reduction.SUM_OVER_BATCH_SIZE, Reduction.MEAN}) {
      assertEquals(12, divisor(mean, Semantics.KERAS3, null, null));
      assertEquals(12, divisor(mean, Semantics.KERAS3, null, 5.0));
      assertEquals(7, divisor(mean, Semantics.KERAS3, 7.0, 5.0));
    }
    assertEquals(7, divisor(Reduction.AUTO, Semantics.TF2, 7.0, null));
  }

  @Test
  void nothingDividesASum() {
    assertEquals(1, divisor(Reduction.SUM, Semantics.KERAS3, 7.0, 5.0));
  }

  @Test
  void weightsDivideAWeightedMean() {
    assertEquals(5, divisor(Reduction.MEAN_WITH_SAMPLE_WEIGHT, Semantics.KERAS3, null, 5.0));
    assertEquals(7, divisor(Reduction.MEAN_WITH_SAMPLE_WEIGHT, Semantics.KERAS3, 7.0, null));
    assertEquals(12, divisor(Reduction.MEAN_WITH_SAMPLE_WEIGHT, Semantics.KERAS3, null, null));
  }

  /** {@code divide_no_nan} of Keras 3; tf_keras divides by zero. */
  @Test
  void whereNoRowCountsTheLossIsZeroOrNoNumber() {
    assertEquals(0, 0 / divisor(Reduction.MEAN, Semantics.KERAS3, 0.0, null));
    assertEquals(Double.NaN, 0 / divisor(Reduction.AUTO, Semantics.TF2, 0.0, null));
  }

  /** The loss d of a batch of 4, times the weights of its samples, w: sum(d w), or its mean. */
  @Test
  void aLossOfTheBatchIsWeighedAsAWhole() {
    double d = 0.5;
    assertEquals(d, 4 * d / Weighing.ofBatch(Reduction.SUM, 4, null).valueDivisor());
    assertEquals(d * 6, 4 * d / Weighing.ofBatch(Reduction.SUM, 4, 6.0).valueDivisor());
    assertEquals(d * 6 / 4, 4 * d / Weighing.ofBatch(Reduction.MEAN, 4, 6.0).valueDivisor());
    assertEquals(
        d, 4 * d / Weighing.ofBatch(Reduction.MEAN_WITH_SAMPLE_WEIGHT, 4, 6.0).valueDivisor());
    assertEquals(1 / 1.5, Weighing.ofBatch(Reduction.MEAN, 4, 6.0).gradientDivisor());
  }
}
