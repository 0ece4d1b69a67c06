package org.rondoml.standard.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.api.Shape;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.spi.Layer;
import org.rondoml.tck.LayerContract;
import org.rondoml.tck.ReferenceKernels;

class DropoutTest extends LayerContract {
  @Override
  protected Layer layer() {
    return dropout(0.4, null);
  }

  @Override
  protected List<Shape> inputs() {
    return List.of(Shape.of(3, 5));
  }

  private static Dropout dropout(double rate, @Nullable Long seed) {
    return new Dropout(new Dropout.Config(rate, seed));
  }

  private static INDArray ofOnes(
      Dropout dropout, int batch, int length, boolean training, long step) {
    LayerRunner runner =
        new LayerRunner(
            dropout,
            List.of(Shape.of(length)),
            batch,
            Precision.FLOAT64,
            new ReferenceKernels(),
            1);
    INDArray ones = Nd4j.ones(Precision.FLOAT64.dataType(), batch, length);
    return runner.forward(List.of(ones), training, step).get(0);
  }

  @Test
  void dropsAtTheRateAndScalesTheRest() {
    double rate = 0.2;
    double[] y = ofOnes(dropout(rate, null), 400, 251, true, 3).data().asDouble();
    int dropped = 0;
    for (double value : y) {
      if (value == 0) {
        dropped++;
      } else {
        assertEquals(1 / (1 - rate), value, 1e-15);
      }
    }
    // Five standard deviations of a binomial count.
    double expected = rate * y.length;
    assertEquals(expected, dropped, 5 * Math.sqrt(expected * (1 - rate)));
  }

  @Test
  void neighboursAreDroppedIndependently() {
    double[] y = ofOnes(dropout(0.5, null), 400, 250, true, 4).data().asDouble();
    int both = 0;
    for (int i = 0; i < y.length; i += 2) {
      both += y[i] == 0 && y[i + 1] == 0 ? 1 : 0;
    }
    double pairs = y.length / 2.0;
    assertEquals(pairs / 4, both, 5 * Math.sqrt(pairs * 3 / 16));
  }

  @Test
  void isTheIdentityInInference() {
    double[] ones = new double[6];
    java.util.Arrays.fill(ones, 1);
    assertArrayEquals(ones, ofOnes(dropout(0.5, null), 2, 3, false, 1).data().asDouble());
  }

  @Test
  void aSeedOfItsOwnDropsOthers() {
    INDArray without = ofOnes(dropout(0.5, null), 8, 8, true, 1);
    INDArray one = ofOnes(dropout(0.5, 1L), 8, 8, true, 1);
    INDArray two = ofOnes(dropout(0.5, 2L), 8, 8, true, 1);
    assertNotEquals(without, one);
    assertNotEquals(one, two);
    assertEquals(one, ofOnes(dropout(0.5, 1L), 8, 8, true, 1));
  }

  @Test
  void anotherStepDropsOthers() {
    assertNotEquals(
        ofOnes(dropout(0.5, null), 8, 8, true, 1), ofOnes(dropout(0.5, null), 8, 8, true, 2));
  }
}
