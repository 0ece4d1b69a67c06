package org.rondoml.standard.layers.attention;

import java.util.List;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Layer;
import org.rondoml.tck.LayerContract;
import org.rondoml.tck.Written;

class AdditiveAttentionTest extends LayerContract {
  @Override
  protected Layer layer() {
    return Written.layer("AdditiveAttention: {use_scale: true}");
  }

  @Override
  protected List<Shape> inputs() {
    return List.of(Shape.of(3, 2), Shape.of(4, 2));
  }
}
