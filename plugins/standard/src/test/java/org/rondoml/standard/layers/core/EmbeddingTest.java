package org.rondoml.standard.layers.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.initializers.Ones;
import org.rondoml.standard.layers.Alone;
import org.rondoml.tck.LayerContract;

class EmbeddingTest {
  private static Embedding embedding(
      int inputDim, boolean maskZero, @Nullable List<Integer> inputLength, Semantics semantics) {
    return new Embedding(
        new Embedding.Config(inputDim, 2, new Ones(), null, null, null, maskZero, inputLength),
        semantics);
  }

  private static Embedding embedding(int inputDim, Semantics semantics) {
    return embedding(inputDim, false, null, semantics);
  }

  /** Random numbers, also negative ones, which keras3 counts from the end. */
  @Nested
  class OfSequences extends LayerContract {
    @Override
    protected Layer layer() {
      return embedding(30, Semantics.KERAS3);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(5));
    }
  }

  @Nested
  class OfTables extends LayerContract {
    @Override
    protected Layer layer() {
      return embedding(30, Semantics.KERAS3);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3, 2));
    }
  }

  @Nested
  class OfNumbers extends LayerContract {
    @Override
    protected Layer layer() {
      return embedding(30, Semantics.KERAS3);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of());
    }
  }

  private static Alone of(Semantics semantics, double... numbers) {
    return Alone.of(embedding(3, semantics), Alone.array(numbers, 1, numbers.length))
        .set("embeddings", 1, 2, 3, 4, 5, 6);
  }

  /** As keras.layers.Embedding(3, 2) of Keras 3.15 with these weights. */
  @Test
  void cutsFractionsAndCountsFromTheEndInKeras3() {
    assertArrayEquals(
        new double[] {1, 2, 5, 6, 3, 4, 1, 2}, of(Semantics.KERAS3, 0, -1, 1.9, -0.5).infer(), 0.0);
  }

  @Test
  void addsUpGradientsOfTheSameNumber() {
    Alone alone = of(Semantics.TF2, 2, 0, 2);
    alone.train(0);
    INDArray dy = Alone.array(new double[] {1, 2, 3, 4, 5, 6}, 1, 3, 2);
    INDArray gradient = alone.runner().backward(List.of(dy)).parameters().get("embeddings");
    assertArrayEquals(new double[] {3, 4, 0, 0, 6, 8}, Alone.values(gradient), 0.0);
  }

  @Test
  void masksZeros() {
    INDArray x = Alone.array(new double[] {0, 2, 1, 0}, 2, 2);
    Alone masking = Alone.of(embedding(3, true, null, Semantics.KERAS3), x);
    masking.infer();
    assertEquals(
        Mask.of(Shape.of(2), 2, new boolean[] {false, true, true, false}), masking.outputMask());
    Alone plain = Alone.of(embedding(3, Semantics.KERAS3), x);
    plain.infer(Mask.of(Shape.of(2), 2, new boolean[4]));
    assertNull(plain.outputMask());
  }

  @Test
  void tellsWhichNumberIsOutOfRange() {
    assertEquals(
        "Embedding: found 3 in its input, expected whole numbers from 0 to 2, as input_dim is 3:"
            + " give it a larger input_dim, or look at the data",
        refusal(Semantics.KERAS3, 0, 3));
    assertEquals(
        "Embedding: found -1 in its input, expected whole numbers from 0 to 2, as input_dim is 3:"
            + " give it a larger input_dim, or look at the data",
        refusal(Semantics.TF2, -1));
    assertEquals(
        "Embedding: found -4 in its input, expected whole numbers from 0 to 2, as input_dim is 3:"
            + " give it a larger input_dim, or look at the data",
        refusal(Semantics.KERAS3, -4));
    assertEquals(
        "Embedding: found NaN in its input, expected whole numbers from 0 to 2, as input_dim is 3:"
            + " give it a larger input_dim, or look at the data",
        refusal(Semantics.TF1, Double.NaN));
  }

  private static @Nullable String refusal(Semantics semantics, double... numbers) {
    return assertThrows(DataException.class, () -> of(semantics, numbers).infer()).getMessage();
  }

  @Test
  void holdsTheInputToItsLength() {
    Embedding ofTwo = embedding(3, false, List.of(2), Semantics.TF2);
    assertEquals(Shape.of(2, 2), ofTwo.outputShape(Shape.of(2)));
    ShapeMismatchException error =
        assertThrows(ShapeMismatchException.class, () -> ofTwo.outputShape(Shape.of(5)));
    assertEquals("found inputs of shape (5), but input_length says [2]", error.getMessage());
  }

  @Test
  void costsMemoryAlone() {
    assertEquals(
        new Cost(0, 0, 3 * 2 + 5 * 2), embedding(3, Semantics.TF2).cost(List.of(Shape.of(5))));
  }
}
