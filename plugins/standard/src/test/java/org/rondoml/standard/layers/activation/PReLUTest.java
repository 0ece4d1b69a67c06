package org.rondoml.standard.layers.activation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.initializers.Ones;
import org.rondoml.standard.layers.Alone;
import org.rondoml.tck.LayerContract;

class PReLUTest {
  private static PReLU prelu(Integer... sharedAxes) {
    return new PReLU(new PReLU.Config(new Ones(), null, null, List.of(sharedAxes)));
  }

  abstract static class OfSequences extends LayerContract {
    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3, 4));
    }
  }

  @Nested
  class WithASlopeForEachElement extends OfSequences {
    @Override
    protected Layer layer() {
      return prelu();
    }
  }

  @Nested
  class WithASlopeForEachFeature extends OfSequences {
    @Override
    protected Layer layer() {
      return prelu(1);
    }
  }

  @Nested
  class WithASlopeForEachStep extends OfSequences {
    @Override
    protected Layer layer() {
      return prelu(2);
    }
  }

  @Nested
  class WithOneSlope extends OfSequences {
    @Override
    protected Layer layer() {
      return prelu(1, 2);
    }
  }

  @Nested
  class OfNumbers extends LayerContract {
    @Override
    protected Layer layer() {
      return prelu();
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of());
    }
  }

  @Test
  void learnsTheSlopesOfWhatIsNegative() {
    INDArray x = Alone.array(new double[] {-1, 2, 0, -3}, 2, 2);
    Alone alone = Alone.of(prelu(), x).set("alpha", 0.5, 0.25);
    assertArrayEquals(new double[] {-0.5, 2, 0, -0.75}, alone.train(0), 0.0);
    INDArray dy = Alone.array(new double[] {1, 10, 100, 1000}, 2, 2);
    var gradients = alone.runner().backward(List.of(dy));
    assertArrayEquals(new double[] {0.5, 10, 0, 250}, Alone.values(gradients.inputs().get(0)), 0.0);
    assertArrayEquals(
        new double[] {-1, -3000}, Alone.values(gradients.parameters().get("alpha")), 0.0);
  }

  @Test
  void hasSlopesOfTheShapeOfTheInput() {
    assertEquals(Shape.of(1, 4), prelu(1).parameters(Shape.of(Shape.UNKNOWN, 4)).get(0).shape());
    assertEquals(new Cost(0, 0, 24), prelu().cost(List.of(Shape.of(3, 4))));
  }

  @Test
  void keepsMasks() {
    Mask mask = Alone.mask(true, false);
    Alone alone = Alone.of(prelu(), Alone.ones(1, 2, 3));
    alone.infer(mask);
    assertEquals(mask, alone.outputMask());
  }

  @Test
  void refusesUnknownSizes() {
    ShapeMismatchException error =
        assertThrows(
            ShapeMismatchException.class, () -> prelu().outputShape(Shape.of(Shape.UNKNOWN, 4)));
    assertEquals(
        "PReLU has a slope for each element and needs to know the sizes of its input, found (?, 4):"
            + " give the Input a shape without null, or name the axis in shared_axes",
        error.getMessage());
  }

  @Test
  void refusesAxesThatAreNone() {
    ShapeMismatchException error =
        assertThrows(ShapeMismatchException.class, () -> prelu(3).outputShape(Shape.of(3, 4)));
    assertEquals(
        "found shared_axes [3] for inputs of shape (3, 4): its axes have the numbers 1 to 2",
        error.getMessage());
  }
}
