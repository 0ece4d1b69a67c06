package org.rondoml.lstm;

import java.util.List;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Layer;
import org.rondoml.tck.MaskedLayerContract;
import org.rondoml.tck.Written;

class ConvLSTM1DTest extends MaskedLayerContract {
  @Override
  protected Layer layer() {
    return Written.layer("ConvLSTM1D: {filters: 2, kernel_size: 2, return_sequences: true}");
  }

  @Override
  protected List<Shape> inputs() {
    return List.of(Shape.of(4, 4, 2));
  }
}
