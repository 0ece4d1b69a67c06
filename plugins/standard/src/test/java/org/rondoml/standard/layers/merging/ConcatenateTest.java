package org.rondoml.standard.layers.merging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.layers.Alone;
import org.rondoml.tck.LayerContract;

class ConcatenateTest {
  private static Concatenate concatenate(int axis, Semantics semantics) {
    return new Concatenate(new Concatenate.Config(axis), semantics);
  }

  private static Concatenate along(int axis) {
    return concatenate(axis, Semantics.KERAS3);
  }

  @Nested
  class AlongFeatures extends LayerContract {
    @Override
    protected Layer layer() {
      return along(-1);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3, 2), Shape.of(3, 1), Shape.of(3, 4));
    }
  }

  @Nested
  class AlongTime extends LayerContract {
    @Override
    protected Layer layer() {
      return along(1);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3, 2), Shape.of(1, 2));
    }
  }

  @Nested
  class AlongTheMiddle extends LayerContract {
    @Override
    protected Layer layer() {
      return along(-2);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(2, 3, 2), Shape.of(2, 2, 2));
    }
  }

  @Test
  void putsOneAfterTheOther() {
    INDArray a = Alone.array(new double[] {1, 2, 3, 4}, 1, 2, 2);
    INDArray b = Alone.array(new double[] {5, 6, 7, 8}, 1, 2, 2);
    assertArrayEquals(
        new double[] {1, 2, 5, 6, 3, 4, 7, 8}, Alone.of(along(-1), a, b).infer(), 0.0);
    assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, Alone.of(along(1), a, b).infer(), 0.0);
  }

  private static @Nullable Mask outputMask(Layer layer, @Nullable Mask... masks) {
    Alone alone = Alone.of(layer, Alone.ones(1, 2, 3), Alone.ones(1, 2, 3));
    alone.infer(masks);
    return alone.outputMask();
  }

  private static final Mask FIRST = Alone.mask(true, false);
  private static final Mask SECOND = Alone.mask(false, false);

  /** As compute_mask of keras.layers.Concatenate of Keras 3.15 and tf_keras 2.21. */
  @Test
  void masksAlongTheLastAxisAreMerged() {
    Layer keras3 = along(-1);
    assertEquals(FIRST, outputMask(keras3, FIRST, SECOND));
    assertEquals(Alone.mask(true, true), outputMask(keras3, FIRST, null));
    assertEquals(null, outputMask(keras3, null, null));
    Layer tf2 = concatenate(2, Semantics.TF2);
    assertEquals(SECOND, outputMask(tf2, FIRST, SECOND));
    assertEquals(FIRST, outputMask(tf2, FIRST, null));
    assertEquals(null, outputMask(tf2, null, null));
  }

  @Test
  void masksAlongOtherAxesComeOneAfterTheOther() {
    for (Semantics semantics : Semantics.values()) {
      assertEquals(
          Alone.mask(true, false, false, false),
          outputMask(concatenate(1, semantics), FIRST, SECOND));
    }
    assertEquals(Alone.mask(true, true, true, false), outputMask(along(1), null, FIRST));
  }

  @Test
  void masksInTheMiddleComeOneAfterTheOtherInEachSample() {
    Alone alone = Alone.of(along(2), Alone.ones(2, 2, 1, 3), Alone.ones(2, 2, 2, 3));
    Mask first = Mask.of(Shape.of(2, 1), 2, new boolean[] {true, false, false, true});
    alone.infer(first, null);
    assertEquals(
        Mask.of(
            Shape.of(2, 3),
            2,
            new boolean[] {
              true, true, true, false, true, true, false, true, true, true, true, true
            }),
        alone.outputMask());
  }

  @Test
  void refusesTheMaskOfOneInputAlongTimeWhereKerasDoes() {
    DataException error =
        assertThrows(
            DataException.class, () -> outputMask(concatenate(1, Semantics.TF2), FIRST, null));
    assertEquals(
        "layer 'layer': found inputs of shapes [(2, 3), (2, 3)] of which some have masks and some have none: in"
            + " semantics tf2 Keras can't put them one after the other along axis 1; give all of"
            + " them masks or none, or write semantics: keras3",
        error.getMessage());
  }

  @Test
  void refusesAMaskOfOtherThanSteps() {
    Alone alone = Alone.of(along(-1), Alone.ones(1, 2, 2, 3), Alone.ones(1, 2, 2, 3));
    DataException error = assertThrows(DataException.class, () -> alone.infer(FIRST, null));
    assertEquals(
        "layer 'layer': found an input of shape (2, 2, 3) with a mask of shape (2), expected a mask of shape (2,"
            + " 2), which tells of each vector along the last axis",
        error.getMessage());
  }

  @Test
  void addsUpTheSizes() {
    long unknown = Shape.UNKNOWN;
    assertEquals(
        List.of(Shape.of(5, 7)), along(-1).outputShapes(List.of(Shape.of(5, 3), Shape.of(5, 4))));
    assertEquals(
        List.of(Shape.of(unknown, 3)),
        along(1).outputShapes(List.of(Shape.of(unknown, 3), Shape.of(5, 3))));
    assertEquals(
        List.of(Shape.of(5, 6)),
        along(2).outputShapes(List.of(Shape.of(unknown, 3), Shape.of(5, 3))));
  }

  @Test
  void refusesWhatDoesntFit() {
    assertEquals(
        "found inputs of shapes [(5, 3), (4, 3)], expected the same sizes but along axis -1",
        refusal(along(-1), Shape.of(5, 3), Shape.of(4, 3)));
    assertEquals(
        "found inputs of shapes [(5, 3), (3)], expected the same sizes but along axis -1",
        refusal(along(-1), Shape.of(5, 3), Shape.of(3)));
    assertEquals(
        "found 1 input, expected two or more: name them beside the layer, from: [a, b]",
        refusal(along(-1), Shape.of(5, 3)));
    assertEquals(
        "found axis 3 for inputs of shape (5, 3): its axes have the numbers 1 to 2, or -1 for the"
            + " last one and so on; 0 would be the batch",
        refusal(along(3), Shape.of(5, 3), Shape.of(5, 3)));
  }

  private static @Nullable String refusal(Concatenate layer, Shape... inputs) {
    return assertThrows(ShapeMismatchException.class, () -> layer.outputShapes(List.of(inputs)))
        .getMessage();
  }
}
