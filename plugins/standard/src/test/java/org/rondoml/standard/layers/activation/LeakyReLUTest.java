package org.rondoml.standard.layers.activation;

import java.util.List;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Layer;
import org.rondoml.tck.LayerContract;
import org.rondoml.tck.Written;

class LeakyReLUTest extends LayerContract {
  @Override
  protected Layer layer() {
    return Written.layer("LeakyReLU: {negative_slope: 0.2}");
  }

  @Override
  protected List<Shape> inputs() {
    return List.of(Shape.of(4, 3));
  }
}
