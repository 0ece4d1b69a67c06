package org.rondoml.standard.layers.reshaping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.rondoml.standard.layers.Layers.assertComputes;
import static org.rondoml.standard.layers.Layers.assertRefused;
import static org.rondoml.standard.layers.Layers.ramp;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Layer;
import org.rondoml.standard.layers.Layers;
import org.rondoml.tck.LayerContract;

/** ZeroPadding1D and Cropping1D. */
class MarginsTest {
  @Nested
  class Padded extends LayerContract {
    @Override
    protected Layer layer() {
      return Layers.of("ZeroPadding1D", Map.of("padding", List.of(2, 1)));
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3, 2));
    }
  }

  @Nested
  class PaddedWithChannelsFirst extends LayerContract {
    @Override
    protected Layer layer() {
      return Layers.of("ZeroPadding1D", Map.of("data_format", "channels_first"));
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(2, 3));
    }
  }

  @Nested
  class Cropped extends LayerContract {
    @Override
    protected Layer layer() {
      return Layers.of("Cropping1D", Map.of("cropping", List.of(0, 2)));
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(5, 2));
    }
  }

  /** Keras: ZeroPadding1D([1, 2]) and Cropping1D([2, 0]). */
  @Test
  void putsAndTakesSteps() {
    assertComputes(
        Layers.of("ZeroPadding1D", Map.of("padding", List.of(1, 2))),
        ramp(1, 2, 2, 1),
        new double[] {0, 0, 1, 0, 0, 0, 2, 3, 0, 0},
        new double[] {2, 3, 7, 8});
    assertComputes(
        Layers.of("Cropping1D", Map.of("cropping", List.of(2, 0))),
        ramp(1, 2, 3, 1),
        new double[] {2, 5},
        new double[] {0, 0, 1, 0, 0, 2});
  }

  @Test
  void tellsShapesBeforeTheData() {
    Layer padding = Layers.of("ZeroPadding1D", Map.of("padding", 2));
    assertEquals(List.of(Shape.of(7, 2)), padding.outputShapes(List.of(Shape.of(3, 2))));
    assertEquals(List.of(Shape.of(-1, 2)), padding.outputShapes(List.of(Shape.of(-1, 2))));
    Layer cropping = Layers.of("Cropping1D", Map.of());
    assertEquals(List.of(Shape.of(1, 2)), cropping.outputShapes(List.of(Shape.of(3, 2))));
    assertEquals(List.of(Shape.of(-1, 2)), cropping.outputShapes(List.of(Shape.of(-1, 2))));
    assertFalse(padding.keepsMask() || cropping.keepsMask());
  }

  @Test
  void refusesWhatCannotBe() {
    assertRefused(
        "the output would be empty: cropping takes away 2 of 2 steps; expected fewer",
        Layers.of("Cropping1D", Map.of()),
        Shape.of(2, 4));
    assertRefused(
        "found inputs of shape (2), expected sequences (steps, channels)",
        Layers.of("ZeroPadding1D", Map.of()),
        Shape.of(2));
    assertRefused(
        "found 3 numbers, expected one for both ends or two, one for each end",
        "ZeroPadding1D",
        Map.of("padding", List.of(1, 2, 3)));
    assertRefused(
        "found -1, expected a number of at least 0", "Cropping1D", Map.of("cropping", -1));
  }
}
