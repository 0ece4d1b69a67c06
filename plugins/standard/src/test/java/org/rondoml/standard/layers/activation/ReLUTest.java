package org.rondoml.standard.layers.activation;

import java.util.List;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Layer;
import org.rondoml.tck.LayerContract;
import org.rondoml.tck.Written;

class ReLUTest extends LayerContract {
  @Override
  protected Layer layer() {
    return Written.layer("ReLU: {max_value: 1.5, negative_slope: 0.2, threshold: 0.1}");
  }

  @Override
  protected List<Shape> inputs() {
    return List.of(Shape.of(4, 3));
  }
}
