package org.rondoml.lstm;

import java.util.List;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Layer;
import org.rondoml.tck.MaskedLayerContract;
import org.rondoml.tck.Written;

class ConvLSTM2DTest extends MaskedLayerContract {
  @Override
  protected Layer layer() {
    return Written.layer("ConvLSTM2D: {filters: 2, kernel_size: [2, 2], padding: same}");
  }

  @Override
  protected List<Shape> inputs() {
    return List.of(Shape.of(4, 3, 3, 1));
  }
}
