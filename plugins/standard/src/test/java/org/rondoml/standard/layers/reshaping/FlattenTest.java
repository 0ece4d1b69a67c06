package org.rondoml.standard.layers.reshaping;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Layer;
import org.rondoml.standard.layers.Alone;
import org.rondoml.standard.layers.reshaping.Flatten.DataFormat;
import org.rondoml.tck.LayerContract;

class FlattenTest {
  private static Flatten flatten(DataFormat format) {
    return new Flatten(new Flatten.Config(format));
  }

  @Nested
  class OfChannelsLast extends LayerContract {
    @Override
    protected Layer layer() {
      return flatten(DataFormat.CHANNELS_LAST);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(2, 3, 2));
    }
  }

  @Nested
  class OfChannelsFirst extends LayerContract {
    @Override
    protected Layer layer() {
      return flatten(DataFormat.CHANNELS_FIRST);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(2, 3, 4));
    }
  }

  /** Sequences of one step lie in every order at once. */
  @Nested
  class OfASingleStep extends LayerContract {
    @Override
    protected Layer layer() {
      return flatten(DataFormat.CHANNELS_LAST);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(1, 3));
    }
  }

  @Test
  void joinsAllAxes() {
    Flatten flatten = flatten(DataFormat.CHANNELS_LAST);
    assertEquals(Shape.of(784), flatten.outputShape(Shape.of(28, 28)));
    assertEquals(Shape.of(1), flatten.outputShape(Shape.of()));
    assertEquals(Shape.of(-1), flatten.outputShape(Shape.of(-1, 3)));
  }

  /** As keras.layers.Flatten(data_format="channels_first") of Keras 3.15. */
  @Test
  void movesChannelsToTheEnd() {
    INDArray x = Alone.array(new double[] {1, 2, 3, 4, 5, 6}, 1, 2, 3);
    assertArrayEquals(
        new double[] {1, 4, 2, 5, 3, 6},
        Alone.of(flatten(DataFormat.CHANNELS_FIRST), x).infer(),
        0.0);
    assertArrayEquals(Alone.values(x), Alone.of(flatten(DataFormat.CHANNELS_LAST), x).infer(), 0.0);
    INDArray vector = Alone.array(new double[] {1, 2}, 1, 2);
    assertArrayEquals(
        new double[] {1, 2}, Alone.of(flatten(DataFormat.CHANNELS_FIRST), vector).infer(), 0.0);
  }

  @Test
  void endsMasks() {
    Alone alone = Alone.of(flatten(DataFormat.CHANNELS_LAST), Alone.ones(1, 2, 2));
    alone.infer(Alone.mask(true, false));
    assertNull(alone.outputMask());
  }
}
