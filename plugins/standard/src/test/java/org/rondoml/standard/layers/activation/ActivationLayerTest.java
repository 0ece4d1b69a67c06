package org.rondoml.standard.layers.activation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Layer;
import org.rondoml.standard.activations.Linear;
import org.rondoml.standard.activations.Mish;
import org.rondoml.standard.activations.Softmax;
import org.rondoml.tck.LayerContract;

class ActivationLayerTest {
  private static ActivationLayer of(Activation activation) {
    return new ActivationLayer(new ActivationLayer.Config(activation));
  }

  @Nested
  class OfSoftmax extends LayerContract {
    @Override
    protected Layer layer() {
      return of(new Softmax());
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(2, 4));
    }
  }

  @Nested
  class OfAFunctionThatReadsItsInput extends LayerContract {
    @Override
    protected Layer layer() {
      return of(new Mish());
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3, 2, 2));
    }
  }

  @Nested
  class OfTheIdentity extends LayerContract {
    @Override
    protected Layer layer() {
      return of(new Linear());
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3));
    }
  }

  @Test
  void tellsTheLossOfItsActivation() {
    assertEquals(
        Activation.Link.SOFTMAX, of(new Softmax()).outputActivation().orElseThrow().link());
    assertEquals(Activation.Link.OTHER, of(new Mish()).outputActivation().orElseThrow().link());
  }
}
