package org.rondoml.standard.layers.activation;

import java.util.List;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Layer;
import org.rondoml.tck.LayerContract;
import org.rondoml.tck.Written;

class ELUTest extends LayerContract {
  @Override
  protected Layer layer() {
    return Written.layer("ELU: {alpha: 0.7}");
  }

  @Override
  protected List<Shape> inputs() {
    return List.of(Shape.of(4, 3));
  }
}
