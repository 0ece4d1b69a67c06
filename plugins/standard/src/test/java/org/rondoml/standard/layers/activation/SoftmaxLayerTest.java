package org.rondoml.standard.layers.activation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.layers.Alone;
import org.rondoml.tck.GradientCheck;
import org.rondoml.tck.LayerContract;

class SoftmaxLayerTest {
  private static SoftmaxLayer softmax(Semantics semantics, boolean robust, Integer... axis) {
    return new SoftmaxLayer(new SoftmaxLayer.Config(List.of(axis), robust), semantics);
  }

  private static SoftmaxLayer along(Integer... axis) {
    return softmax(Semantics.KERAS3, false, axis);
  }

  abstract static class OfCubes extends LayerContract {
    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(2, 3, 2));
    }
  }

  @Nested
  class AlongTheLastAxis extends OfCubes {
    @Override
    protected Layer layer() {
      return along(-1);
    }
  }

  @Nested
  class AlongTheFirstAxis extends OfCubes {
    @Override
    protected Layer layer() {
      return along(1);
    }
  }

  @Nested
  class AlongTwoAxes extends OfCubes {
    @Override
    protected Layer layer() {
      return along(1, -1);
    }
  }

  @Nested
  class AlongAllAxes extends OfCubes {
    @Override
    protected Layer layer() {
      return along(3, 1, 2);
    }
  }

  /** As keras.layers.Softmax of Keras 3.15 and tf_keras 2.21. */
  @Test
  void goesAlongItsAxes() {
    INDArray x = Alone.array(new double[] {1, 2, 3, -1, 0, 0.5}, 1, 2, 3);
    assertArrayEquals(
        new double[] {
          0.8807970779778823, 0.8807970779778823, 0.9241418199787566,
          0.11920292202211755, 0.11920292202211755, 0.07585818002124356
        },
        Alone.of(along(1), x).infer(),
        1e-15);
    assertArrayEquals(
        new double[] {
          0.08185259726090638, 0.22249842774649842, 0.6048134330040145,
          0.011077544433957153, 0.030111887738773366, 0.049646109815850034
        },
        Alone.of(along(1, 2), x).infer(),
        1e-15);
  }

  private static double[] masked(SoftmaxLayer layer, boolean... valid) {
    return Alone.of(layer, Alone.array(new double[] {1, 2, 3}, 1, 3)).infer(Alone.mask(valid));
  }

  /** As keras.layers.Softmax of Keras 3.15 and tf_keras 2.21 called with a mask. */
  @Test
  void leavesOutMaskedElements() {
    double[] expected = {0.11920292202211755, 0, 0.8807970779778823};
    double[] third = {1 / 3.0, 1 / 3.0, 1 / 3.0};
    double[] unmasked = {0.09003057317038045, 0.2447284710547976, 0.6652409557748218};
    assertArrayEquals(expected, masked(along(-1), true, false, true), 1e-15);
    assertArrayEquals(
        expected, masked(softmax(Semantics.TF2, false, -1), true, false, true), 1e-15);
    assertArrayEquals(expected, masked(softmax(Semantics.TF2, true, 1), true, false, true), 1e-15);
    boolean[] none = new boolean[3];
    assertArrayEquals(new double[3], masked(along(-1), none), 0.0);
    assertArrayEquals(unmasked, masked(softmax(Semantics.TF2, false, -1), none), 1e-15);
    assertArrayEquals(third, masked(softmax(Semantics.TF2, true, -1), none), 1e-15);
  }

  @Test
  void gradientsOfMaskedElementsAgreeWithFiniteDifferences() {
    List<Shape> inputs = List.of(Shape.of(3));
    Mask mask = Mask.of(Shape.of(3), 2, new boolean[] {true, false, true, false, false, true});
    new GradientCheck(along(-1), inputs, List.of(mask), 1).run(2);
    new GradientCheck(along(1), inputs, List.of(mask), 1).run(2);
    new GradientCheck(softmax(Semantics.TF2, true, -1), inputs, List.of(mask), 1).run(2);
    Mask none = Mask.of(Shape.of(3), 2, new boolean[6]);
    new GradientCheck(along(-1), inputs, List.of(none), 1).run(2);
  }

  @Test
  void tellsTheLossOfTheLastAxisOnly() {
    assertEquals(Activation.Link.SOFTMAX, along(-1).outputActivation().orElseThrow().link());
    assertTrue(along(1).outputActivation().isEmpty());
  }

  @Test
  void refusesTheMaskOfASequence() {
    Alone alone = Alone.of(along(-1), Alone.ones(1, 2, 3));
    DataException error =
        assertThrows(DataException.class, () -> alone.infer(Alone.mask(true, false)));
    assertEquals(
        "layer 'layer': Softmax uses masks that tell of each element, found one of shape (2) for inputs of shape"
            + " (2, 3): Activation: softmax leaves masks alone",
        error.getMessage());
  }

  @Test
  void refusesAxesThatAreNone() {
    assertEquals(
        "found axis 3 for inputs of shape (2, 3): its axes have the numbers 1 to 2, or -1 for the"
            + " last one and so on; 0 would be the batch",
        refusal(along(3)));
    assertEquals(
        "found axis 0 for inputs of shape (2, 3): its axes have the numbers 1 to 2, or -1 for the"
            + " last one and so on; 0 would be the batch",
        refusal(along(0)));
    assertEquals(
        "found axis [2, -1], which names an axis of inputs of shape (2, 3) twice",
        refusal(along(2, -1)));
  }

  private static @Nullable String refusal(SoftmaxLayer layer) {
    return assertThrows(ShapeMismatchException.class, () -> layer.outputShape(Shape.of(2, 3)))
        .getMessage();
  }
}
