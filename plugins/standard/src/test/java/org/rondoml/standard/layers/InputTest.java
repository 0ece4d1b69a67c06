package org.rondoml.standard.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Shape;

class InputTest {
  @Test
  void saysTheShape() {
    Input known = new Input(new Input.Config(Shape.of(28, 28)));
    assertEquals(List.of(Shape.of(28, 28)), known.outputShapes(List.of()));
    Input anyLength = new Input(new Input.Config(Shape.of(Shape.UNKNOWN, 3)));
    assertEquals(Shape.of(Shape.UNKNOWN, 3), anyLength.shape());
  }
}
