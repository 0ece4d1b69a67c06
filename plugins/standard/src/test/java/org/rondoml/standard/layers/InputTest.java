package org.rondoml.standard.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Shape;

class InputTest {
  @Test
  void saysTheShape() {
    Input known = new Input(new Input.Config(List.of(28L, 28L)));
    assertEquals(List.of(Shape.of(28, 28)), known.outputShapes(List.of()));
    Input anyLength = new Input(new Input.Config(Arrays.asList(null, 3L)));
    assertEquals(Shape.of(Shape.UNKNOWN, 3), anyLength.shape());
  }
}
