package org.rondoml.standard.layers.convolutional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.rondoml.standard.layers.Layers.assertRefused;
import static org.rondoml.standard.layers.Layers.assertValues;
import static org.rondoml.standard.layers.Layers.ramp;
import static org.rondoml.standard.layers.Layers.runner;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Shape;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.standard.layers.Layers;
import org.rondoml.tck.GradientCheck;
import org.rondoml.tck.LayerContract;

class Conv2DTest {
  private static Layer of(Map<String, ?> keys) {
    return Layers.of("Conv2D", keys);
  }

  @Nested
  class OfImages extends LayerContract {
    @Override
    protected Layer layer() {
      return of(
          Map.of("filters", 2, "kernel_size", 2, "strides", List.of(2, 1), "activation", "tanh"));
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(4, 3, 2));
    }
  }

  @Nested
  class WithChannelsFirst extends LayerContract {
    @Override
    protected Layer layer() {
      return of(
          Map.of(
              "filters", 2,
              "kernel_size", List.of(3, 1),
              "padding", "same",
              "data_format", "channels_first",
              "activation", "gelu"));
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(2, 3, 2));
    }
  }

  static Stream<Map<String, ?>> variants() {
    return Stream.of(
        Map.of("padding", "same"),
        Map.of("padding", "same", "strides", List.of(1, 2)),
        Map.of("dilation_rate", List.of(1, 2)),
        Map.of("padding", "same", "dilation_rate", 2, "use_bias", false),
        Map.of("groups", 2, "kernel_size", List.of(1, 2)),
        Map.of("groups", 4, "filters", 4, "padding", "same", "strides", 2),
        Map.of("kernel_size", 1),
        Map.of("kernel_size", 1, "strides", 2));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void gradientsAgreeWithFiniteDifferences(Map<String, ?> keys) {
    Map<String, Object> all = new HashMap<>(Map.of("filters", 2, "kernel_size", List.of(2, 3)));
    all.putAll(keys);
    new GradientCheck(of(all), List.of(Shape.of(3, 5, 4)), 3).run(2);
  }

  /** Keras: Conv2D(2, [2, 3], strides=[1, 2], padding="same") of float64 ramps. */
  @Test
  void computesWhatKerasComputes() {
    INDArray x = ramp(1, 1, 3, 4, 1);
    LayerRunner runner =
        runner(
            of(
                Map.of(
                    "filters",
                    2,
                    "kernel_size",
                    List.of(2, 3),
                    "strides",
                    List.of(1, 2),
                    "padding",
                    "same")),
            x);
    runner.parameter("kernel").assign(ramp(0.5, 2, 3, 1, 2));
    runner.parameter("bias").assign(ramp(1, 2));
    assertValues(
        runner.forward(List.of(x), false, 0).get(0),
        new double[] {28.5, 24.5, 21, 6.5, 25.5, 33.5, 11, 8, 8, 12, 4, 8.5});
  }

  @Test
  void tellsShapesBeforeTheData() {
    Layer layer = of(Map.of("filters", 5, "kernel_size", List.of(3, 2), "groups", 1));
    assertEquals(List.of(Shape.of(-1, 7, 5)), layer.outputShapes(List.of(Shape.of(-1, 8, 4))));
    assertEquals(
        List.of(Shape.of(3, 2, 4, 5), Shape.of(5)),
        layer.parameters(List.of(Shape.of(-1, 8, 4))).stream().map(ParameterSpec::shape).toList());
  }

  @Test
  void refusesWhatCannotBe() {
    assertRefused(
        "found inputs of shape (28, 28), expected images (rows, columns, channels): where there is"
            + " one channel, Reshape adds an axis of size 1",
        of(Map.of("filters", 2, "kernel_size", 3)),
        Shape.of(28, 28));
    assertRefused(
        "found 3 numbers, expected one for all axes or 2, one for each axis",
        "Conv2D",
        Map.of("filters", 3, "kernel_size", List.of(2, 2, 2)));
    assertRefused(
        "found the text \"causal\", expected one of valid, same",
        "Conv2D",
        Map.of("filters", 3, "kernel_size", 2, "padding", "causal"));
  }
}
