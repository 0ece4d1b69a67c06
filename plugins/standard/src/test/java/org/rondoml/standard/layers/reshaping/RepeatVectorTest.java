package org.rondoml.standard.layers.reshaping;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.layers.Alone;
import org.rondoml.tck.LayerContract;

class RepeatVectorTest extends LayerContract {
  @Override
  protected Layer layer() {
    return new RepeatVector(new RepeatVector.Config(3));
  }

  @Override
  protected List<Shape> inputs() {
    return List.of(Shape.of(2));
  }

  @Test
  void isTheSameInEveryStep() {
    INDArray x = Alone.array(new double[] {1, 2, 3, 4}, 2, 2);
    assertArrayEquals(
        new double[] {1, 2, 1, 2, 1, 2, 3, 4, 3, 4, 3, 4}, Alone.of(layer(), x).infer(), 0.0);
  }

  @Test
  void refusesSequences() {
    ShapeMismatchException error =
        assertThrows(
            ShapeMismatchException.class, () -> layer().outputShapes(List.of(Shape.of(5, 2))));
    assertEquals(
        "found inputs of shape (5, 2), expected vectors (features): a recurrent layer before this"
            + " one gives one with return_sequences: false, or Flatten makes one",
        error.getMessage());
  }
}
