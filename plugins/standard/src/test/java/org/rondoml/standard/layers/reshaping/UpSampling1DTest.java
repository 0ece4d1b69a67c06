package org.rondoml.standard.layers.reshaping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.rondoml.standard.layers.Layers.assertComputes;
import static org.rondoml.standard.layers.Layers.ramp;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Layer;
import org.rondoml.standard.layers.Layers;
import org.rondoml.tck.LayerContract;

class UpSampling1DTest extends LayerContract {
  @Override
  protected Layer layer() {
    return Layers.of("UpSampling1D", Map.of("size", 3));
  }

  @Override
  protected List<Shape> inputs() {
    return List.of(Shape.of(3, 2));
  }

  /** Keras: UpSampling1D(2). */
  @Test
  void repeatsSteps() {
    assertComputes(
        Layers.of("UpSampling1D", Map.of()),
        ramp(1, 1, 2, 2),
        new double[] {0, 1, 0, 1, 2, 3, 2, 3},
        new double[] {1 + 3, 2 + 4, 5 + 7, 6 + 8});
  }

  @Test
  void tellsShapesBeforeTheData() {
    assertEquals(List.of(Shape.of(9, 2)), layer().outputShapes(List.of(Shape.of(3, 2))));
    assertEquals(List.of(Shape.of(-1, 2)), layer().outputShapes(List.of(Shape.of(-1, 2))));
  }
}
