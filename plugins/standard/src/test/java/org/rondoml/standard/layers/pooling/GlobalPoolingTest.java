package org.rondoml.standard.layers.pooling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.rondoml.standard.layers.Layers.assertComputes;
import static org.rondoml.standard.layers.Layers.assertRefused;
import static org.rondoml.standard.layers.Layers.assertValues;
import static org.rondoml.standard.layers.Layers.ramp;
import static org.rondoml.standard.layers.Layers.runner;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;
import org.rondoml.api.Shape;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Mask;
import org.rondoml.standard.layers.Layers;
import org.rondoml.tck.GradientCheck;
import org.rondoml.tck.LayerContract;

/** GlobalMaxPooling1D and 2D, GlobalAveragePooling1D and 2D. */
class GlobalPoolingTest {
  private static final Mask MASK =
      Mask.of(Shape.of(3), 2, new boolean[] {true, false, true, false, true, false});

  @Nested
  class LargestStep extends LayerContract {
    @Override
    protected Layer layer() {
      return Layers.of("GlobalMaxPooling1D", Map.of());
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(4, 3));
    }
  }

  @Nested
  class LargestPixel extends LayerContract {
    @Override
    protected Layer layer() {
      return Layers.of("GlobalMaxPooling2D", Map.of("keepdims", true));
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(2, 3, 2));
    }
  }

  @Nested
  class AverageStepWithChannelsFirst extends LayerContract {
    @Override
    protected Layer layer() {
      return Layers.of(
          "GlobalAveragePooling1D", Map.of("keepdims", true, "data_format", "channels_first"));
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3, 4));
    }
  }

  @Nested
  class AveragePixelWithChannelsFirst extends LayerContract {
    @Override
    protected Layer layer() {
      return Layers.of("GlobalAveragePooling2D", Map.of("data_format", "channels_first"));
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(2, 2, 3));
    }
  }

  /** Keras 3.15 in float64, with dy = 1, 2, 3, ...: equals share the gradient. */
  @Test
  void computesWhatKerasComputes() {
    assertComputes(
        Layers.of("GlobalMaxPool1D", Map.of()),
        ramp(0, 1, 4, 2),
        new double[] {0, 0},
        new double[] {.25, .5, .25, .5, .25, .5, .25, .5});
    assertComputes(
        Layers.of("GlobalMaxPool2D", Map.of()),
        ramp(1, 1, 3, 3, 1),
        new double[] {6},
        new double[] {0, 0, 0, 0, 0, 0, 1, 0, 0});
    assertComputes(
        Layers.of("GlobalAvgPool2D", Map.of("keepdims", true)),
        ramp(1, 1, 2, 2, 2),
        new double[] {3, 2.25},
        new double[] {.25, .5, .25, .5, .25, .5, .25, .5});
  }

  @Test
  void theAverageLeavesMaskedStepsOut() {
    Layer layer = Layers.of("GlobalAvgPool1D", Map.of());
    INDArray x = ramp(1, 2, 3, 2);
    LayerRunner runner = runner(layer, x);
    assertValues(
        runner.forward(List.of(x), List.of(MASK), true, 0).get(0), new double[] {2, 3, 1, 2});
    INDArray dx = runner.backward(List.of(ramp(6, 2, 2))).inputs().get(0);
    assertValues(dx, new double[] {0, 3, 0, 0, 0, 3, 0, 0, 12, 18, 0, 0});
    assertNull(runner.outputMasks().get(0));
    new GradientCheck(layer, List.of(Shape.of(3, 2)), List.of(MASK), 1).run(2);
  }

  /** Keras: GlobalAveragePooling1D()(x, mask=...) is nan for a sample that is masked as a whole. */
  @Test
  void theAverageOfNothingIsNotANumber() {
    INDArray x = ramp(1, 1, 2, 1);
    Mask nothing = Mask.of(Shape.of(2), 1, new boolean[2]);
    LayerRunner runner = runner(Layers.of("GlobalAveragePooling1D", Map.of()), x);
    assertEquals(
        Double.NaN, runner.forward(List.of(x), List.of(nothing), false, 0).get(0).getDouble(0));
  }

  /** Keras warns and goes on without the mask. */
  @Test
  void theLargestDoesNotMindTheMask() {
    INDArray x = ramp(1, 2, 3, 2);
    LayerRunner runner = runner(Layers.of("GlobalMaxPooling1D", Map.of()), x);
    INDArray plain = runner.forward(List.of(x), false, 0).get(0);
    assertArrayEquals(
        plain.data().asDouble(),
        runner.forward(List.of(x), List.of(MASK), false, 0).get(0).data().asDouble());
    assertNull(runner.outputMasks().get(0));
  }

  @Test
  void aMaskOfOtherStepsIsRefused() {
    INDArray x = ramp(1, 2, 4, 2);
    LayerRunner runner = runner(Layers.of("GlobalAveragePooling1D", Map.of()), x);
    assertEquals(
        "layer 'layer': found a mask of shape (3) for 4 steps, expected one value for each step",
        assertThrows(DataException.class, () -> runner.forward(List.of(x), List.of(MASK), false, 0))
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GlobalMaxPooling", "GlobalAveragePooling"})
  void tellsShapesBeforeTheData(String id) {
    Layer plain = Layers.of(id + "1D", Map.of());
    assertEquals(List.of(Shape.of(3)), plain.outputShapes(List.of(Shape.of(-1, 3))));
    assertEquals(
        List.of(Shape.of(1, 1, 3)),
        Layers.of(id + "2D", Map.of("keepdims", true)).outputShapes(List.of(Shape.of(-1, 4, 3))));
    assertEquals(
        List.of(Shape.of(3, 1)),
        Layers.of(id + "1D", Map.of("keepdims", true, "data_format", "channels_first"))
            .outputShapes(List.of(Shape.of(3, 4))));
    assertRefused(
        "found inputs of shape (3), expected sequences (steps, channels); a recurrent layer before"
            + " this one gives a sequence with return_sequences: true",
        plain,
        Shape.of(3));
  }
}
