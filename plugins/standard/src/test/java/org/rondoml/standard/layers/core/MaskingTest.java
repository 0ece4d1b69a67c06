package org.rondoml.standard.layers.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.api.Shape;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.layers.Alone;
import org.rondoml.tck.LayerContract;
import org.rondoml.tck.ReferenceKernels;

class MaskingTest extends LayerContract {
  private static Masking masking(double value) {
    return new Masking(new Masking.Config(value));
  }

  @Override
  protected Layer layer() {
    return masking(0);
  }

  @Override
  protected List<Shape> inputs() {
    return List.of(Shape.of(4, 2));
  }

  @Test
  void masksStepsWhoseFeaturesAreAllTheValue() {
    INDArray x = Alone.array(new double[] {7, 7, 7, 1, 0, 0, 7, 7, 2, 7, 7, 7}, 2, 3, 2);
    Alone alone = Alone.of(masking(7), x);
    assertArrayEquals(new double[] {0, 0, 7, 1, 0, 0, 0, 0, 2, 7, 0, 0}, alone.train(0), 0.0);
    Mask expected = Mask.of(Shape.of(3), 2, new boolean[] {false, true, true, false, true, false});
    assertEquals(expected, alone.outputMask());
    assertArrayEquals(
        new double[] {0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 0, 0},
        alone.back(Alone.ones(2, 3, 2)).get(0),
        0.0);
  }

  @Test
  void tellsOfEveryPlaceOfHigherRanks() {
    INDArray x = Alone.array(new double[] {0, 0, 1, 0, 0, 0, 0, 2}, 1, 2, 2, 2);
    Alone alone = Alone.of(masking(0), x);
    alone.infer();
    assertEquals(
        Mask.of(Shape.of(2, 2), 1, new boolean[] {false, true, false, true}), alone.outputMask());
  }

  @Test
  void replacesTheMaskOfItsInput() {
    Alone alone = Alone.of(masking(0), Alone.array(new double[] {0, 1}, 1, 2, 1));
    alone.infer(Alone.mask(true, false));
    assertEquals(Alone.mask(false, true), alone.outputMask());
  }

  /** 0.1 is another number in 32 bits. */
  @Test
  void comparesInThePrecisionOfTheModel() {
    LayerRunner runner =
        new LayerRunner(
            masking(0.1), List.of(Shape.of(2, 1)), 1, Precision.FLOAT32, new ReferenceKernels(), 1);
    runner.forward(List.of(Nd4j.createFromArray(0.1f, 0.2f).reshape('c', 1, 2, 1)), false, 0);
    assertEquals(Alone.mask(false, true), runner.outputMasks().get(0));
  }

  @Test
  void refusesSingleNumbers() {
    ShapeMismatchException error =
        assertThrows(ShapeMismatchException.class, () -> masking(0).outputShape(Shape.of()));
    assertEquals(
        "found inputs of shape (), expected sequences (time, features): Masking compares the"
            + " features of a step",
        error.getMessage());
  }
}
