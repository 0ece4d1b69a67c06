package org.rondoml.core.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.rondoml.api.Shape;

class SideBySideTest {
  private static void is(Shape target, Shape output, Shape shape, boolean squeezed) {
    assertEquals(new SideBySide(shape, squeezed), SideBySide.of(target, output));
  }

  @Test
  void onlyAnAxisOfSizeOneIsLeftOut() {
    is(Shape.of(5, 4), Shape.of(5, 4), Shape.of(5, 4), false);
    is(Shape.of(5), Shape.of(5, 1), Shape.of(5), true);
    is(Shape.of(5), Shape.of(5, 4), Shape.of(5, 4), false);
    is(Shape.of(5, 1), Shape.of(5), Shape.of(5), false);
  }

  @Test
  void aSingleNumberASampleGetsTheAxis() {
    is(Shape.of(), Shape.of(1), Shape.of(1), false);
  }
}
