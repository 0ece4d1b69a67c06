package org.rondoml.standard.layers.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.ConfigException;

class InputTest {
  @Test
  void saysTheShape() {
    Input known = new Input(new Input.Config(Shape.of(28, 28)));
    assertEquals(List.of(Shape.of(28, 28)), known.outputShapes(List.of()));
    Input anyLength = new Input(new Input.Config(Shape.of(Shape.UNKNOWN, 3)));
    assertEquals(Shape.of(Shape.UNKNOWN, 3), anyLength.shape());
  }

  @Test
  void takesTheBatchAxisAsWell() {
    Input input = new Input(new Input.Config(null, null, "int32", Shape.of(Shape.UNKNOWN, 28, 3)));
    assertEquals(Shape.of(28, 3), input.shape());
  }

  @Test
  void isRefusedWithoutAShapeOrWithTwo() {
    ConfigException none =
        assertThrows(ConfigException.class, () -> new Input.Config(null, 32, null, null));
    assertEquals(
        "missing key 'shape': a shape such as [28, 28] (the sizes of a sample's axes)",
        none.getMessage());
    ConfigException two =
        assertThrows(
            ConfigException.class,
            () -> new Input.Config(Shape.of(3), null, null, Shape.of(-1, 3)));
    assertEquals("batch_shape", two.key());
    assertEquals("says the same as shape: keep one of the two", two.getMessage());
    ConfigException empty =
        assertThrows(ConfigException.class, () -> new Input.Config(null, null, null, Shape.of()));
    assertEquals(
        "found no size, expected the batch axis in front, as in [null, 28, 28]",
        empty.getMessage());
  }
}
