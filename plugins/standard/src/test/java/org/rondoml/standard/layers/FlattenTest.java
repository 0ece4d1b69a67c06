package org.rondoml.standard.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Layer;
import org.rondoml.tck.LayerContract;

class FlattenTest extends LayerContract {
  @Override
  protected Layer layer() {
    return new Flatten();
  }

  @Override
  protected List<Shape> inputs() {
    return List.of(Shape.of(2, 3, 2));
  }

  @Test
  void joinsAllAxes() {
    assertEquals(Shape.of(784), new Flatten().outputShape(Shape.of(28, 28)));
    assertEquals(Shape.of(1), new Flatten().outputShape(Shape.of()));
    assertEquals(Shape.of(-1), new Flatten().outputShape(Shape.of(-1, 3)));
  }
}
