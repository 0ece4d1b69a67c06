package org.rondoml.standard.layers.reshaping;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.layers.Alone;
import org.rondoml.tck.LayerContract;

class PermuteTest {
  private static Permute permute(Integer... dims) {
    return new Permute(new Permute.Config(List.of(dims)));
  }

  @Nested
  class OfTheLastAxis extends LayerContract {
    @Override
    protected Layer layer() {
      return permute(3, 1, 2);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(2, 3, 4));
    }
  }

  @Nested
  class OfOtherAxesThanTheLast extends LayerContract {
    @Override
    protected Layer layer() {
      return permute(2, 1, 3);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(2, 3, 4));
    }
  }

  @Test
  void transposes() {
    double[] x = {1, 2, 3, 4, 5, 6};
    assertArrayEquals(
        new double[] {1, 4, 2, 5, 3, 6},
        Alone.of(permute(2, 1), Alone.array(x, 1, 2, 3)).infer(),
        0.0);
    assertEquals(Shape.of(4, 2, 3), permute(3, 1, 2).outputShape(Shape.of(2, 3, 4)));
  }

  @Test
  void refusesAnotherNumberOfAxes() {
    ShapeMismatchException error =
        assertThrows(
            ShapeMismatchException.class, () -> permute(2, 1).outputShape(Shape.of(2, 3, 4)));
    assertEquals(
        "found inputs of shape (2, 3, 4), but dims [2, 1] is an order of 2 axes: name each of the"
            + " input's once, from 1 on",
        error.getMessage());
  }

  @Test
  void refusesWhatIsNoOrder() {
    ConfigException error = assertThrows(ConfigException.class, () -> permute(0, 1));
    assertEquals("dims", error.key());
    assertEquals("found [0, 1], expected each of the numbers 1 to 2 once", error.getMessage());
  }
}
