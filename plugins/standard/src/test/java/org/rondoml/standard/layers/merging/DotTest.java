package org.rondoml.standard.layers.merging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.layers.Alone;
import org.rondoml.tck.LayerContract;

class DotTest {
  private static Dot dot(Semantics semantics, boolean normalize, Integer... axes) {
    return new Dot(new Dot.Config(List.of(axes), normalize), semantics);
  }

  private static Dot dot(boolean normalize, Integer... axes) {
    return dot(Semantics.KERAS3, normalize, axes);
  }

  @Nested
  class OfTheLastAxes extends LayerContract {
    @Override
    protected Layer layer() {
      return dot(false, -1);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3, 2), Shape.of(4, 2));
    }
  }

  @Nested
  class OfOtherAxes extends LayerContract {
    @Override
    protected Layer layer() {
      return dot(false, 1, 2);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3, 2), Shape.of(2, 3, 2));
    }
  }

  @Nested
  class OfNormalizedVectors extends LayerContract {
    @Override
    protected Layer layer() {
      return dot(true, 1);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3), Shape.of(3));
    }
  }

  @Nested
  class OfNormalizedSequences extends LayerContract {
    @Override
    protected Layer layer() {
      return dot(true, 2, 1);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(2, 3), Shape.of(3, 2));
    }
  }

  /** As keras.layers.Dot(axes=(1, 2), normalize=True) of Keras 3.15 and tf_keras 2.21. */
  @Test
  void multipliesNormalizedVectors() {
    INDArray a = Alone.array(new double[] {1, 2, 3, 4}, 1, 2, 2);
    INDArray b = Alone.array(new double[] {1, 0, 2, -1, 0.5, 0.5}, 1, 3, 2);
    assertArrayEquals(
        new double[] {
          0.31622776601683794, -0.1414213562373095, 0.8944271909999157,
          0.4472135954999579, 0.0, 0.9486832980505137
        },
        Alone.of(dot(true, 1, 2), a, b).infer(),
        1e-15);
  }

  /** As ops.normalize of Keras 3.15, and as tf.linalg.l2_normalize, do. */
  @Test
  void vectorsOfLengthZeroStayZero() {
    INDArray tiny = Alone.array(new double[] {1e-8, 0}, 1, 2);
    INDArray unit = Alone.array(new double[] {1, 0}, 1, 2);
    assertArrayEquals(new double[] {0.1}, Alone.of(dot(true, 1), tiny, unit).infer(), 1e-15);
    Alone tf2 = Alone.of(dot(Semantics.TF2, true, 1), tiny, unit);
    assertArrayEquals(new double[] {0.01}, tf2.train(0), 1e-15);
    assertArrayEquals(new double[] {1e6, 0}, tf2.back(Alone.ones(1, 1)).get(0), 1e-9);
    INDArray zero = Alone.array(new double[] {0, 0}, 1, 2);
    assertArrayEquals(new double[] {0}, Alone.of(dot(true, 1), zero, unit).infer(), 0.0);
  }

  @Test
  void joinsTheAxesThatAreLeft() {
    assertEquals(
        List.of(Shape.of(5, 10)),
        dot(false, 1, 2).outputShapes(List.of(Shape.of(3, 5), Shape.of(10, 3))));
    assertEquals(
        List.of(Shape.of(1)), dot(false, 1).outputShapes(List.of(Shape.of(3), Shape.of(3))));
    assertEquals(
        List.of(Shape.of(4)), dot(false, 2, 1).outputShapes(List.of(Shape.of(4, 3), Shape.of(3))));
  }

  @Test
  void hasNoMask() {
    Alone alone = Alone.of(dot(false, 2), Alone.ones(1, 2, 3), Alone.ones(1, 2, 3));
    alone.infer(Alone.mask(true, false), Alone.mask(true, false));
    assertNull(alone.outputMask());
  }

  @Test
  void refusesWhatDoesntFit() {
    assertEquals(
        "found inputs of shapes [(5, 3), (5, 4)], whose axes [-1] have sizes 3 and 4: expected the"
            + " same",
        refusal(dot(false, -1), Shape.of(5, 3), Shape.of(5, 4)));
    assertEquals(
        "found 1 input, expected two: name them beside the layer, from: [a, b]",
        refusal(dot(false, -1), Shape.of(5, 3)));
    assertEquals(
        "found axis 2 for an input of shape (3): its axes have the numbers 1 to 1, or -1 for the"
            + " last one and so on; 0 would be the batch",
        refusal(dot(false, 2), Shape.of(5, 3), Shape.of(3)));
  }

  private static @Nullable String refusal(Dot layer, Shape... inputs) {
    return assertThrows(ShapeMismatchException.class, () -> layer.outputShapes(List.of(inputs)))
        .getMessage();
  }

  @Test
  void takesOneAxisOrTwo() {
    ConfigException error = assertThrows(ConfigException.class, () -> dot(false, 1, 2, 3));
    assertEquals("axes", error.key());
    assertEquals(
        "found [1, 2, 3], expected one axis, or a list of two, one for each input",
        error.getMessage());
  }

  @Test
  void countsItsCost() {
    assertEquals(
        2 * 5 * 10 * 3,
        dot(false, 1, 2).cost(List.of(Shape.of(3, 5), Shape.of(10, 3))).forwardFlops());
  }
}
