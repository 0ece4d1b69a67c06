package com.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.api.Shape;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.spi.Layer;
import org.rondoml.tck.LayerContract;
import org.rondoml.tck.ReferenceKernels;
import org.rondoml.tck.Written;

class HighwayTest {
  @Nested
  class Plain extends LayerContract {
    @Override
    protected Layer layer() {
      return Written.layer("acme/Highway");
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3));
    }
  }

  @Nested
  class WithDropout extends LayerContract {
    @Override
    protected Layer layer() {
      return Written.layer("acme/Highway: {rate: 0.4}");
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(4));
    }
  }

  @Test
  void aClosedGateCarriesTheInput() {
    Layer layer = Written.layer("acme/Highway: {gate_initializer: {Constant: {value: -1000}}}");
    LayerRunner runner =
        new LayerRunner(
            layer, List.of(Shape.of(2)), 1, Precision.FLOAT64, new ReferenceKernels(), 1);
    INDArray x = Nd4j.createFromArray(new double[][] {{3, -4}});

    assertEquals(x, runner.forward(List.of(x), true, 0).get(0));
  }
}
