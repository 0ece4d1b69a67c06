package org.rondoml.standard.layers.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Mask;
import org.rondoml.standard.layers.Alone;
import org.rondoml.tck.LayerContract;

class IdentityTest extends LayerContract {
  @Override
  protected Layer layer() {
    return new Identity(Semantics.KERAS3);
  }

  @Override
  protected List<Shape> inputs() {
    return List.of(Shape.of(2, 3));
  }

  @Test
  void putsOutItsInput() {
    double[] x = {1, -2, 3, 4};
    assertArrayEquals(
        x, Alone.of(new Identity(Semantics.TF2), Alone.array(x, 1, 2, 2)).infer(), 0.0);
  }

  @Test
  void keepsMasksInKeras3Alone() {
    Mask mask = Alone.mask(true, false);
    Alone keras3 = Alone.of(new Identity(Semantics.KERAS3), Alone.ones(1, 2, 2));
    keras3.infer(mask);
    assertEquals(mask, keras3.outputMask());
    Alone tf2 = Alone.of(new Identity(Semantics.TF2), Alone.ones(1, 2, 2));
    tf2.infer(mask);
    assertNull(tf2.outputMask());
  }
}
