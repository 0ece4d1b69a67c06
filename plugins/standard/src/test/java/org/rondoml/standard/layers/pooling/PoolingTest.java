package org.rondoml.standard.layers.pooling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.rondoml.standard.layers.Layers.assertComputes;
import static org.rondoml.standard.layers.Layers.assertRefused;
import static org.rondoml.standard.layers.Layers.ramp;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.Layer;
import org.rondoml.standard.layers.Layers;
import org.rondoml.tck.GradientCheck;
import org.rondoml.tck.LayerContract;

/** MaxPooling1D, MaxPooling2D, AveragePooling1D and AveragePooling2D. */
class PoolingTest {
  @Nested
  class LargestStep extends LayerContract {
    @Override
    protected Layer layer() {
      return Layers.of("MaxPooling1D", Map.of("pool_size", 3, "strides", 2, "padding", "same"));
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(6, 3));
    }
  }

  @Nested
  class LargestPixelWithChannelsFirst extends LayerContract {
    @Override
    protected Layer layer() {
      return Layers.of("MaxPooling2D", Map.of("data_format", "channels_first"));
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(2, 4, 5));
    }
  }

  @Nested
  class AverageStepWithChannelsFirst extends LayerContract {
    @Override
    protected Layer layer() {
      return Layers.of("AveragePooling1D", Map.of("pool_size", 2, "data_format", "channels_first"));
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3, 5));
    }
  }

  @Nested
  class AveragePixel extends LayerContract {
    @Override
    protected Layer layer() {
      return Layers.of(
          "AveragePooling2D", Map.of("pool_size", List.of(2, 3), "strides", 1, "padding", "same"));
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3, 4, 2));
    }
  }

  static Stream<Map<String, ?>> windows() {
    return Stream.of(
        Map.of(),
        Map.of("padding", "same"),
        Map.of("pool_size", 3, "strides", 1),
        Map.of("pool_size", 2, "strides", 3, "padding", "same"),
        Map.of("pool_size", 1, "strides", 2));
  }

  @ParameterizedTest
  @MethodSource("windows")
  void gradientsAgreeWithFiniteDifferences(Map<String, ?> keys) {
    for (String kind : List.of("Max", "Average")) {
      new GradientCheck(Layers.of(kind + "Pooling1D", keys), List.of(Shape.of(5, 2)), 1).run(2);
      new GradientCheck(Layers.of(kind + "Pooling2D", keys), List.of(Shape.of(5, 4, 2)), 1).run(2);
    }
  }

  /** Keras 3.15 in float64, with dy = 1, 2, 3, ... */
  @Test
  void computesWhatKerasComputes() {
    assertComputes(
        Layers.of("MaxPooling1D", Map.of("pool_size", 3, "strides", 2, "padding", "same")),
        ramp(1, 1, 6, 2),
        new double[] {4, 5, 6, 5, 3, 4},
        new double[] {0, 0, 0, 0, 1, 6, 3, 0, 0, 0, 5, 6});
    double t = 1 / 3.0;
    assertComputes(
        Layers.of("AveragePooling1D", Map.of("pool_size", 3, "strides", 2, "padding", "same")),
        ramp(1, 1, 6, 2),
        new double[] {2, 3, 11 * t, 7 * t, 2, 3},
        new double[] {t, 2 * t, t, 2 * t, 4 * t, 2, 1, 4 * t, 3.5, 13 * t, 2.5, 3});
    assertComputes(
        Layers.of(
            "MaxPooling2D", Map.of("pool_size", List.of(2, 3), "strides", 1, "padding", "same")),
        ramp(1, 1, 3, 3, 1),
        new double[] {4, 5, 5, 6, 6, 5, 6, 6, 1},
        new double[] {0, 0, 0, 0, 1, 11, 24, 0, 9});
    assertComputes(
        Layers.of("AveragePooling2D", Map.of("pool_size", 2, "strides", List.of(1, 2))),
        ramp(1, 1, 3, 5, 1),
        new double[] {3, 1.5, 4.5, 3},
        new double[] {.25, .25, .5, .5, 0, 1, 1, 1.5, 1.5, 0, .75, .75, 1, 1, 0});
  }

  /** Keras: MaxPooling1D(2) of zeros. */
  @Test
  void theFirstOfEqualsGetsTheGradient() {
    assertComputes(
        Layers.of("MaxPool1D", Map.of("pool_size", 2)),
        ramp(0, 1, 5, 1),
        new double[] {0, 0},
        new double[] {1, 0, 2, 0, 0});
  }

  @Test
  void tellsShapesBeforeTheData() {
    Layer layer = Layers.of("AvgPool2D", Map.of("pool_size", List.of(3, 2)));
    assertEquals(List.of(Shape.of(-1, 4, 7)), layer.outputShapes(List.of(Shape.of(-1, 8, 7))));
    assertEquals(
        List.of(Shape.of(7, 2, -1)),
        Layers.of("MaxPool2D", Map.of("pool_size", List.of(3, 2), "data_format", "channels_first"))
            .outputShapes(List.of(Shape.of(7, 8, -1))));
    assertFalse(layer.keepsMask());
    assertEquals(new Cost(0, 0, 9 * 8 * 7 + 3 * 4 * 7), layer.cost(List.of(Shape.of(9, 8, 7))));
  }

  @Test
  void refusesWhatCannotBe() {
    assertRefused(
        "the output would be empty: a window that reaches over 4 doesn't fit on an axis of 3"
            + " without padding; expected 4 or more, a smaller window, or padding: same",
        Layers.of("MaxPooling1D", Map.of("pool_size", 4)),
        Shape.of(3, 2));
    assertRefused(
        "found inputs of shape (3), expected sequences (steps, channels)",
        Layers.of("AveragePooling1D", Map.of()),
        Shape.of(3));
    assertRefused(
        "found inputs of shape (3, 4), expected images (rows, columns, channels) with the channels"
            + " first",
        Layers.of("MaxPooling2D", Map.of("data_format", "channels_first")),
        Shape.of(3, 4));
    assertRefused(
        "found 3 numbers, expected one for all axes or 2, one for each axis",
        "MaxPooling2D",
        Map.of("strides", List.of(1, 2, 3)));
    assertRefused(
        "found 2 numbers, expected one", "AveragePooling1D", Map.of("pool_size", List.of(1, 2)));
  }
}
