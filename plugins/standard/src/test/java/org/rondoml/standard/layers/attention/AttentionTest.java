package org.rondoml.standard.layers.attention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.layers.Alone;
import org.rondoml.standard.layers.attention.Attention.ScoreMode;
import org.rondoml.tck.GradientCheck;
import org.rondoml.tck.LayerContract;
import org.rondoml.tck.MaskedLayerContract;

class AttentionTest {
  private static Attention attention(
      boolean useScale, ScoreMode mode, double dropout, boolean causal) {
    return new Attention(new Attention.Config(useScale, mode, dropout, null, causal));
  }

  private static Attention plain() {
    return attention(false, ScoreMode.DOT, 0, false);
  }

  private static AdditiveAttention additive(boolean useScale, Semantics semantics) {
    return new AdditiveAttention(new AdditiveAttention.Config(useScale, 0, null, false), semantics);
  }

  @Nested
  class ByDotProducts extends MaskedLayerContract {
    @Override
    protected Layer layer() {
      return plain();
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(4, 2), Shape.of(3, 2));
    }
  }

  @Nested
  class ByScaledDotProductsWithKeys extends MaskedLayerContract {
    @Override
    protected Layer layer() {
      return attention(true, ScoreMode.DOT, 0, true);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(4, 2), Shape.of(3, 5), Shape.of(3, 2));
    }
  }

  @Nested
  class ByTangents extends MaskedLayerContract {
    @Override
    protected Layer layer() {
      return attention(false, ScoreMode.CONCAT, 0, false);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(4, 2), Shape.of(3, 2));
    }
  }

  @Nested
  class ByScaledTangents extends MaskedLayerContract {
    @Override
    protected Layer layer() {
      return attention(true, ScoreMode.CONCAT, 0, false);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(4, 2), Shape.of(3, 5), Shape.of(3, 2));
    }
  }

  @Nested
  class Additive extends MaskedLayerContract {
    @Override
    protected Layer layer() {
      return additive(true, Semantics.KERAS3);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(4, 2), Shape.of(3, 2));
    }
  }

  @Nested
  class AdditiveWithoutScale extends LayerContract {
    @Override
    protected Layer layer() {
      return additive(false, Semantics.TF2);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(4, 2), Shape.of(3, 5), Shape.of(3, 2));
    }
  }

  @Nested
  class WithDropout extends LayerContract {
    @Override
    protected Layer layer() {
      return attention(true, ScoreMode.DOT, 0.4, false);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(4, 2), Shape.of(3, 2));
    }
  }

  private static final INDArray QUERY = Alone.array(new double[] {1, 2, 0, -1}, 1, 2, 2);
  private static final INDArray VALUE = Alone.array(new double[] {1, 0, 2, 1, -1, 3}, 1, 3, 2);

  /** As these layers of Keras 3.15 and tf_keras 2.21. */
  @Test
  void computesWhatKerasComputes() {
    assertArrayEquals(
        new double[] {
          -0.17741043977569548, 2.429585481594148, 1.1892584064237397, 0.36485354122043834
        },
        Alone.of(plain(), QUERY, VALUE).infer(),
        1e-15);
    assertArrayEquals(
        new double[] {1.0, 0.0, 1.2689414213699952, 0.26894142136999516},
        Alone.of(attention(false, ScoreMode.DOT, 0, true), QUERY, VALUE).infer(),
        1e-15);
    double[] concat = {
      1.1111892310831981, 0.9148425712425954, 1.0357939225856228, 1.2989214360651202
    };
    assertArrayEquals(
        concat,
        Alone.of(attention(false, ScoreMode.CONCAT, 0, false), QUERY, VALUE).infer(),
        1e-15);
    assertArrayEquals(
        concat, Alone.of(additive(false, Semantics.KERAS3), QUERY, VALUE).infer(), 1e-15);
  }

  /** As keras.layers.Attention of Keras 3.15 and tf_keras 2.21 called with these masks. */
  @Test
  void leavesOutMaskedValuesAndZeroesMaskedQueries() {
    Alone alone = Alone.of(plain(), QUERY, VALUE);
    Mask queries = Alone.mask(true, false);
    assertArrayEquals(
        new double[] {-0.9640275800758169, 2.9460413701137256, 0, 0},
        alone.infer(queries, Alone.mask(true, false, true)),
        1e-15);
    assertEquals(queries, alone.outputMask());
  }

  @Test
  void gradientsOfMaskedValuesAgreeWithFiniteDifferences() {
    List<Shape> inputs = List.of(Shape.of(2, 2), Shape.of(3, 2));
    List<@Nullable Mask> masks =
        Arrays.asList(
            null, Mask.of(Shape.of(3), 2, new boolean[] {true, false, true, false, false, true}));
    for (Layer layer :
        List.of(
            plain(),
            attention(true, ScoreMode.CONCAT, 0, false),
            additive(true, Semantics.KERAS3))) {
      new GradientCheck(layer, inputs, masks, 5).run(2);
    }
  }

  @Test
  void dropsWeightsAtTheRate() {
    double rate = 0.3;
    int steps = 100;
    // All scores are 0, so all weights 1 / steps; the value at step j is 1 at place j.
    INDArray value = Alone.array(new double[steps * steps], 1, steps, steps);
    for (int j = 0; j < steps; j++) {
      value.putScalar(new int[] {0, j, j}, 1);
    }
    INDArray zeros = Alone.array(new double[steps * steps], 1, steps, steps);
    Layer layer = attention(false, ScoreMode.DOT, rate, false);
    double[] w = Alone.of(layer, zeros, value, zeros).train(1);
    int dropped = 0;
    for (double weight : w) {
      assertEquals(weight == 0 ? 0 : 1 / (1 - rate) / steps, weight, 1e-16);
      dropped += weight == 0 ? 1 : 0;
    }
    double expected = rate * w.length;
    assertEquals(expected, dropped, 5 * Math.sqrt(expected * (1 - rate)));
    assertFalse(Arrays.equals(w, Alone.of(layer, zeros, value, zeros).train(2)));
  }

  @Test
  void refusesWhatDoesntFit() {
    assertEquals(
        "found 1 input, expected query and value, or query, value and key: name them beside the"
            + " layer, from: [query, value]",
        refusal(plain(), Shape.of(4, 2)));
    assertEquals(
        "found inputs of shapes [(4, 2), (2)], expected sequences (time, features) with a known"
            + " number of features",
        refusal(plain(), Shape.of(4, 2), Shape.of(2)));
    assertEquals(
        "found a query of shape (4, 2) and a value, which is the key as well, of shape (3, 5):"
            + " expected the same number of features",
        refusal(plain(), Shape.of(4, 2), Shape.of(3, 5)));
    assertEquals(
        "found a query of shape (4, 2) and a key of shape (3, 5): expected the same number of"
            + " features",
        refusal(plain(), Shape.of(4, 2), Shape.of(3, 2), Shape.of(3, 5)));
    assertEquals(
        "found a value of shape (3, 5) and a key of shape (6, 2): expected the same number of"
            + " steps",
        refusal(plain(), Shape.of(4, 2), Shape.of(3, 5), Shape.of(6, 2)));
  }

  private static @Nullable String refusal(Layer layer, Shape... inputs) {
    return assertThrows(ShapeMismatchException.class, () -> layer.outputShapes(List.of(inputs)))
        .getMessage();
  }

  /** In tf_keras the scale has the value's number of features, in Keras 3 the query's. */
  @Test
  void refusesAScaleThatDoesntFitTheQuery() {
    List<Shape> inputs = List.of(Shape.of(4, 2), Shape.of(3, 5), Shape.of(3, 2));
    assertEquals(Shape.of(2), additive(true, Semantics.KERAS3).parameters(inputs).get(0).shape());
    ShapeMismatchException error =
        assertThrows(
            ShapeMismatchException.class, () -> additive(true, Semantics.TF2).parameters(inputs));
    assertEquals(
        "found a query of shape (4, 2) and a value of shape (3, 5): in semantics tf2 the scale has"
            + " the value's number of features and must fit the query; give both the same, or write"
            + " use_scale: false or semantics: keras3",
        error.getMessage());
  }

  @Test
  void countsItsCost() {
    Cost cost = plain().cost(List.of(Shape.of(4, 2), Shape.of(3, 2)));
    assertEquals(2 * 4 * 3 * 2 + 2 * 4 * 3 * 2, cost.forwardFlops());
  }
}
