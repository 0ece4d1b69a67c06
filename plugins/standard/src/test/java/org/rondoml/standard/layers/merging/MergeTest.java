package org.rondoml.standard.layers.merging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.layers.Alone;
import org.rondoml.tck.GradientCheck;
import org.rondoml.tck.LayerContract;

/** The layers that merge element by element. */
class MergeTest {
  private static final Semantics KERAS3 = Semantics.KERAS3;

  static Stream<Merge> layers() {
    return Stream.of(Semantics.values())
        .flatMap(
            semantics ->
                Stream.of(
                    new Add(semantics),
                    new Subtract(semantics),
                    new Average(semantics),
                    new Multiply(semantics),
                    new Maximum(semantics),
                    new Minimum(semantics)));
  }

  abstract static class OfThreeSequences extends LayerContract {
    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3, 2), Shape.of(3, 2), Shape.of(3, 2));
    }
  }

  @Nested
  class Adding extends OfThreeSequences {
    @Override
    protected Layer layer() {
      return new Add(KERAS3);
    }
  }

  @Nested
  class Averaging extends OfThreeSequences {
    @Override
    protected Layer layer() {
      return new Average(KERAS3);
    }
  }

  @Nested
  class Multiplying extends OfThreeSequences {
    @Override
    protected Layer layer() {
      return new Multiply(KERAS3);
    }
  }

  @Nested
  class TheLargest extends OfThreeSequences {
    @Override
    protected Layer layer() {
      return new Maximum(KERAS3);
    }
  }

  @Nested
  class TheSmallest extends OfThreeSequences {
    @Override
    protected Layer layer() {
      return new Minimum(KERAS3);
    }
  }

  @Nested
  class Subtracting extends LayerContract {
    @Override
    protected Layer layer() {
      return new Subtract(KERAS3);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3, 2), Shape.of(3, 2));
    }
  }

  /** A vector for all steps, a number for all features, a step for all, a number a sample. */
  abstract static class OfInputsThatAreBroadcast extends LayerContract {
    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(2), Shape.of(3, 1), Shape.of(3, 2), Shape.of(1, 2), Shape.of());
    }
  }

  @Nested
  class AddingBroadcast extends OfInputsThatAreBroadcast {
    @Override
    protected Layer layer() {
      return new Add(KERAS3);
    }
  }

  @Nested
  class MultiplyingBroadcast extends OfInputsThatAreBroadcast {
    @Override
    protected Layer layer() {
      return new Multiply(KERAS3);
    }
  }

  @Nested
  class TheLargestBroadcast extends OfInputsThatAreBroadcast {
    @Override
    protected Layer layer() {
      return new Maximum(KERAS3);
    }
  }

  /** No input has the shape of the output. */
  @Nested
  class OfARowAndAColumn extends LayerContract {
    @Override
    protected Layer layer() {
      return new Average(KERAS3);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3, 1), Shape.of(1, 2));
    }
  }

  private static double[] of(Merge layer) {
    INDArray a = Alone.array(new double[] {1, 2, -3, 4}, 1, 2, 2);
    INDArray b = Alone.array(new double[] {5, -6}, 1, 2);
    return Alone.of(layer, a, b).infer();
  }

  @Test
  void computesItsEquation() {
    assertArrayEquals(new double[] {6, -4, 2, -2}, of(new Add(KERAS3)), 0.0);
    assertArrayEquals(new double[] {-4, 8, -8, 10}, of(new Subtract(KERAS3)), 0.0);
    assertArrayEquals(new double[] {3, -2, 1, -1}, of(new Average(KERAS3)), 0.0);
    assertArrayEquals(new double[] {5, -12, -15, -24}, of(new Multiply(KERAS3)), 0.0);
    assertArrayEquals(new double[] {5, 2, 5, 4}, of(new Maximum(KERAS3)), 0.0);
    assertArrayEquals(new double[] {1, -6, -3, -6}, of(new Minimum(KERAS3)), 0.0);
  }

  /** As TensorFlow's gradient of tf.maximum. */
  @Test
  void theFirstOfEqualsHasTheGradient() {
    Alone alone = Alone.of(new Maximum(KERAS3), Alone.ones(1, 2), Alone.ones(1, 2));
    alone.train(0);
    List<double[]> gradients = alone.back(Alone.ones(1, 2));
    assertArrayEquals(new double[] {1, 1}, gradients.get(0), 0.0);
    assertArrayEquals(new double[] {0, 0}, gradients.get(1), 0.0);
  }

  @Test
  void inputsThatNeedNoChangeHaveTheGradientItself() {
    INDArray x = Alone.array(new double[] {1, 2}, 1, 2);
    Alone add = Alone.of(new Add(KERAS3), x, x);
    add.train(0);
    INDArray dy = Alone.array(new double[] {3, 4}, 1, 2);
    for (double[] gradient : add.back(dy)) {
      assertArrayEquals(new double[] {3, 4}, gradient, 0.0);
    }
    Alone subtract = Alone.of(new Subtract(KERAS3), x, x);
    subtract.train(0);
    assertArrayEquals(new double[] {-3, -4}, subtract.back(dy).get(1), 0.0);
  }

  // Two steps of one feature; the masks: (valid, valid), (valid, masked), (masked, valid) ...
  private static final Mask FIRST = Alone.mask(true, true, false, false);
  private static final Mask SECOND = Alone.mask(true, false, true, false);

  private static Alone masked(Merge layer) {
    return Alone.of(
        layer,
        Alone.array(new double[] {2, 3, 4, 5}, 1, 4, 1),
        Alone.array(new double[] {7, 8, 9, 1}, 1, 4, 1));
  }

  /** As keras.layers.Multiply, Maximum and Minimum of Keras 3.15 with these masks. */
  @Test
  void keras3LeavesOutMaskedSteps() {
    assertArrayEquals(
        new double[] {14, 3, 9, 0}, masked(new Multiply(KERAS3)).infer(FIRST, SECOND), 0.0);
    assertArrayEquals(
        new double[] {7, 3, 9, 5}, masked(new Maximum(KERAS3)).infer(FIRST, SECOND), 0.0);
    assertArrayEquals(
        new double[] {2, 3, 9, 5}, masked(new Minimum(KERAS3)).infer(FIRST, SECOND), 0.0);
    assertArrayEquals(
        new double[] {14, 3, 36, 5}, masked(new Multiply(KERAS3)).infer(null, SECOND), 0.0);
    assertArrayEquals(
        new double[] {7, 8, 9, 1}, masked(new Maximum(KERAS3)).infer(FIRST, null), 0.0);
  }

  @Test
  void otherLayersAndGenerationsTakeMaskedStepsAsTheyAre() {
    assertArrayEquals(
        new double[] {14, 24, 36, 5},
        masked(new Multiply(Semantics.TF2)).infer(FIRST, SECOND),
        0.0);
    assertArrayEquals(
        new double[] {7, 8, 9, 5}, masked(new Maximum(Semantics.TF1)).infer(FIRST, SECOND), 0.0);
    assertArrayEquals(
        new double[] {9, 11, 13, 6}, masked(new Add(KERAS3)).infer(FIRST, SECOND), 0.0);
  }

  private static @Nullable Mask outputMask(Merge layer, @Nullable Mask... masks) {
    Alone alone = masked(layer);
    alone.infer(masks);
    return alone.outputMask();
  }

  @ParameterizedTest
  @MethodSource("layers")
  void masksAreMerged(Merge layer) {
    boolean any = layer.semantics() == KERAS3;
    Mask both = any ? Alone.mask(true, true, true, false) : Alone.mask(true, false, false, false);
    assertEquals(both, outputMask(layer, FIRST, SECOND));
    assertEquals(any ? null : SECOND, outputMask(layer, null, SECOND));
    assertEquals(any ? null : FIRST, outputMask(layer, FIRST, null));
    assertNull(outputMask(layer, null, null));
  }

  @Test
  void gradientsOfMaskedInputsAgreeWithFiniteDifferences() {
    List<Shape> inputs = List.of(Shape.of(4, 2), Shape.of(4, 2), Shape.of(1, 2));
    List<@Nullable Mask> masks =
        Arrays.asList(
            Mask.of(
                Shape.of(4), 2, new boolean[] {true, true, false, false, true, false, true, false}),
            Mask.of(
                Shape.of(4), 2, new boolean[] {true, false, true, false, false, false, true, true}),
            Mask.of(Shape.of(1), 2, new boolean[] {false, true}));
    List<@Nullable Mask> some = Arrays.asList(masks.get(0), null, masks.get(2));
    for (Merge layer : List.of(new Multiply(KERAS3), new Maximum(KERAS3), new Minimum(KERAS3))) {
      new GradientCheck(layer, inputs, masks, 3).run(2);
      new GradientCheck(layer, inputs, some, 3).run(2);
    }
  }

  @Test
  void masksOfSizeOneAreBroadcastInKeras3() {
    INDArray sequence = Alone.ones(1, 4, 2);
    INDArray step = Alone.ones(1, 1, 2);
    Alone keras3 = Alone.of(new Add(KERAS3), sequence, step);
    keras3.infer(FIRST, Alone.mask(false));
    assertEquals(FIRST, keras3.outputMask());
    Alone tf2 = Alone.of(new Add(Semantics.TF2), sequence, step);
    DataException error =
        assertThrows(DataException.class, () -> tf2.infer(FIRST, Alone.mask(false)));
    assertEquals(
        "layer 'layer': found inputs with masks of shapes (4) and (1), which don't fit each other: expected the"
            + " same steps to be masked, or one input without a mask",
        error.getMessage());
  }

  @Test
  void refusesAMaskOfOtherThanSteps() {
    Alone alone = Alone.of(new Multiply(KERAS3), Alone.ones(1, 2, 2, 3), Alone.ones(1, 2, 2, 3));
    DataException error =
        assertThrows(DataException.class, () -> alone.infer(Alone.mask(true, false), null));
    assertEquals(
        "layer 'layer': found an input of shape (2, 2, 3) with a mask of shape (2), expected a mask of shape (2,"
            + " 2), which tells of each vector along the last axis",
        error.getMessage());
  }

  @Test
  void findsTheCommonShape() {
    Add add = new Add(KERAS3);
    long unknown = Shape.UNKNOWN;
    assertEquals(
        List.of(Shape.of(5, 4, 3)),
        add.outputShapes(List.of(Shape.of(3), Shape.of(5, 1, 3), Shape.of(4, 1))));
    assertEquals(
        List.of(Shape.of(unknown, 3)),
        add.outputShapes(List.of(Shape.of(unknown, 3), Shape.of(1, 3))));
    assertEquals(
        List.of(Shape.of(5, 3)), add.outputShapes(List.of(Shape.of(unknown, 3), Shape.of(5, 3))));
  }

  @Test
  void refusesShapesThatDontFit() {
    ShapeMismatchException error =
        assertThrows(
            ShapeMismatchException.class,
            () -> new Add(KERAS3).outputShapes(List.of(Shape.of(5, 3), Shape.of(4, 3))));
    assertEquals(
        "found inputs of shapes [(5, 3), (4, 3)], of which 5 and 4 don't fit each other: expected"
            + " the same sizes, or 1, counted from the last",
        error.getMessage());
  }

  @Test
  void refusesAnotherNumberOfInputs() {
    ShapeMismatchException one =
        assertThrows(
            ShapeMismatchException.class, () -> new Add(KERAS3).outputShapes(List.of(Shape.of(3))));
    assertEquals(
        "found 1 input, expected two or more: name them beside the layer, from: [a, b]",
        one.getMessage());
    ShapeMismatchException three =
        assertThrows(
            ShapeMismatchException.class,
            () ->
                new Subtract(KERAS3).outputShapes(List.of(Shape.of(3), Shape.of(3), Shape.of(3))));
    assertEquals(
        "found 3 inputs, expected two: name them beside the layer, from: [a, b] for a - b",
        three.getMessage());
  }

  @Test
  void costsMemoryAlone() {
    assertEquals(
        new Cost(0, 0, 6 + 3 + 6), new Add(KERAS3).cost(List.of(Shape.of(2, 3), Shape.of(3))));
  }
}
