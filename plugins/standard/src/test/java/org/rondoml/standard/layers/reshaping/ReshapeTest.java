package org.rondoml.standard.layers.reshaping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.tck.LayerContract;

class ReshapeTest {
  private static Reshape reshape(Integer... target) {
    return new Reshape(new Reshape.Config(List.of(target)));
  }

  @Nested
  class ToASequence extends LayerContract {
    @Override
    protected Layer layer() {
      return reshape(-1, 2);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(2, 3, 2));
    }
  }

  @Nested
  class ToNumbers extends LayerContract {
    @Override
    protected Layer layer() {
      return reshape();
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(1));
    }
  }

  @Test
  void findsTheSizeThatIsLeft() {
    assertEquals(Shape.of(3, 4), reshape(3, 4).outputShape(Shape.of(12)));
    assertEquals(Shape.of(3, 4), reshape(-1, 4).outputShape(Shape.of(6, 2)));
    assertEquals(Shape.of(-1, 4), reshape(-1, 4).outputShape(Shape.of(-1, 2)));
    assertEquals(Shape.of(5, 4), reshape(5, 4).outputShape(Shape.of(-1, 2)));
  }

  @Test
  void refusesAnotherNumberOfElements() {
    assertEquals(
        "found inputs of shape (5, 2), which have 10 elements, but target_shape [3, 4] takes 12:"
            + " write -1 for one of its sizes to have it fit",
        refusal(reshape(3, 4)));
    assertEquals(
        "found inputs of shape (5, 2), which have 10 elements, but target_shape [-1, 4] takes a"
            + " multiple of 4",
        refusal(reshape(-1, 4)));
  }

  private static @Nullable String refusal(Reshape layer) {
    return assertThrows(ShapeMismatchException.class, () -> layer.outputShape(Shape.of(5, 2)))
        .getMessage();
  }

  @Test
  void refusesSizesThatAreNone() {
    ConfigException two = assertThrows(ConfigException.class, () -> reshape(-1, -1));
    assertEquals(
        "found [-1, -1]: only one size may be -1, as it stands for what is left", two.getMessage());
    ConfigException zero = assertThrows(ConfigException.class, () -> reshape(0, 3));
    assertEquals("target_shape", zero.key());
    assertEquals(
        "found [0, 3], expected sizes of 1 and more, or -1 for what is left", zero.getMessage());
  }
}
