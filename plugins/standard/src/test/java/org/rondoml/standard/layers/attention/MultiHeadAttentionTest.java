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
import org.rondoml.api.DataException;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.initializers.Ones;
import org.rondoml.standard.initializers.Zeros;
import org.rondoml.standard.layers.Alone;
import org.rondoml.tck.GradientCheck;
import org.rondoml.tck.LayerContract;
import org.rondoml.tck.MaskedLayerContract;

class MultiHeadAttentionTest {
  private static final Semantics KERAS3 = Semantics.KERAS3;

  /** The keys that the tests change. */
  private record Keys(
      @Nullable Integer valueDim,
      double dropout,
      boolean useBias,
      @Nullable Shape outputShape,
      @Nullable List<Integer> attentionAxes,
      @Nullable Integer window,
      boolean robust,
      boolean gate,
      boolean causal) {
    static final Keys DEFAULT = new Keys(null, 0, true, null, null, null, false, false, false);

    MultiHeadAttention layer(Semantics semantics) {
      return new MultiHeadAttention(
          new MultiHeadAttention.Config(
              2,
              3,
              valueDim,
              dropout,
              useBias,
              outputShape,
              attentionAxes,
              window,
              new Ones(),
              new Zeros(),
              null,
              null,
              null,
              null,
              robust,
              gate,
              null,
              causal),
          semantics);
    }
  }

  @Nested
  class OfSequences extends MaskedLayerContract {
    @Override
    protected Layer layer() {
      return Keys.DEFAULT.layer(KERAS3);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3, 2), Shape.of(2, 3));
    }
  }

  @Nested
  class OfSequencesWithKeysAndGate extends LayerContract {
    @Override
    protected Layer layer() {
      return new Keys(2, 0, true, Shape.of(2, 2), null, null, false, true, true).layer(KERAS3);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3, 2), Shape.of(2, 3), Shape.of(2, 1));
    }
  }

  @Nested
  class WithDropoutAndWithoutBias extends LayerContract {
    @Override
    protected Layer layer() {
      return new Keys(2, 0.4, false, null, null, 2, false, false, false).layer(KERAS3);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3, 2), Shape.of(2, 3));
    }
  }

  @Nested
  class OfTables extends LayerContract {
    @Override
    protected Layer layer() {
      return Keys.DEFAULT.layer(Semantics.TF2);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(2, 2, 2), Shape.of(1, 3, 2));
    }
  }

  @Test
  void gradientsOfMaskedInputsAgreeWithFiniteDifferences() {
    List<Shape> inputs = List.of(Shape.of(2, 2), Shape.of(3, 2), Shape.of(3, 2));
    List<@Nullable Mask> masks =
        Arrays.asList(
            Mask.of(Shape.of(2), 2, new boolean[] {true, true, true, false}),
            Mask.of(Shape.of(3), 2, new boolean[] {true, false, true, false, true, true}),
            Mask.of(Shape.of(3), 2, new boolean[] {true, true, true, false, true, false}));
    Keys robust = new Keys(null, 0, true, null, null, null, true, false, false);
    Keys dropout = new Keys(null, 0.3, true, null, null, null, false, false, false);
    new GradientCheck(Keys.DEFAULT.layer(KERAS3), inputs, masks, 5).run(2);
    new GradientCheck(dropout.layer(KERAS3), inputs, masks, 5).run(2);
    new GradientCheck(robust.layer(Semantics.TF2), inputs, masks, 5).run(2);
    // Where 10⁹ is subtracted, a difference of scores that are all masked is lost to rounding.
    List<@Nullable Mask> partly = Arrays.asList(null, masks.get(1), masks.get(2));
    new GradientCheck(Keys.DEFAULT.layer(Semantics.TF2), inputs, partly, 5).run(2);
  }

  /** Kernels of ones and a single feature: a head's query and key are the input itself. */
  private static Alone ofOneFeature(Keys keys, Semantics semantics, double... x) {
    INDArray input = Alone.array(x, 1, x.length, 1);
    return Alone.of(keys.layer(semantics), input, input);
  }

  /** w_ij = softmax(3 x_i x_j / sqrt(3)); two heads with three values each add up to six. */
  private static double expected(double query, double... seen) {
    double sum = 0;
    double mean = 0;
    for (double x : seen) {
      double weight = Math.exp(query * x * 3 / Math.sqrt(3));
      sum += weight;
      mean += weight * x;
    }
    return 6 * mean / sum;
  }

  @Test
  void computesItsEquation() {
    double[] y = ofOneFeature(Keys.DEFAULT, Semantics.TF2, 1, 2, -1).infer();
    assertArrayEquals(
        new double[] {expected(1, 1, 2, -1), expected(2, 1, 2, -1), expected(-1, 1, 2, -1)},
        y,
        1e-14);
  }

  @Test
  void seesNoStepThatIsHidden() {
    Keys causal = new Keys(null, 0, true, null, null, null, false, false, true);
    assertArrayEquals(
        new double[] {expected(1, 1), expected(2, 1, 2), expected(-1, 1, 2, -1)},
        ofOneFeature(causal, Semantics.TF2, 1, 2, -1).infer(),
        1e-14);
    Keys window = new Keys(null, 0, true, null, null, 2, false, false, false);
    assertArrayEquals(
        new double[] {expected(1, 1, 2), expected(2, 1, 2, -1), expected(-1, 2, -1)},
        ofOneFeature(window, KERAS3, 1, 2, -1).infer(),
        1e-6); // keras3 has the factor in 32 bits
    Alone masked = ofOneFeature(Keys.DEFAULT, Semantics.TF2, 1, 2, -1);
    Mask values = Alone.mask(true, false, true);
    assertArrayEquals(
        new double[] {expected(1, 1, -1), expected(2, 1, -1), expected(-1, 1, -1)},
        masked.infer(null, values),
        1e-14);
    masked.infer(values, null);
    assertEquals(values, masked.outputMask());
  }

  /** As keras.layers.MultiHeadAttention of Keras 3.15 and tf_keras 2.21. */
  @Test
  void generationsDifferInWhatAMaskedQueryGets() {
    Mask queries = Alone.mask(true, false);
    double mean = 6 * (1 + 2) / 2.0;
    assertEquals(mean, ofOneFeature(Keys.DEFAULT, KERAS3, 1, 2).infer(queries, null)[1], 1e-14);
    Keys dropout = new Keys(null, 0.5, true, null, null, null, false, false, false);
    assertEquals(0, ofOneFeature(dropout, KERAS3, 1, 2).infer(queries, null)[1], 0.0);
    assertEquals(
        expected(2, 1, 2),
        ofOneFeature(Keys.DEFAULT, Semantics.TF2, 1, 2).infer(queries, null)[1],
        1e-6); // scores lose what is below 10⁻⁷ when 10⁹ is subtracted
    Keys robust = new Keys(null, 0, true, null, null, null, true, false, false);
    assertEquals(mean, ofOneFeature(robust, Semantics.TF2, 1, 2).infer(queries, null)[1], 1e-14);
  }

  @Test
  void otherStepsDropOtherWeights() {
    Keys dropout = new Keys(null, 0.5, true, null, null, null, false, false, false);
    double[] one = ofOneFeature(dropout, KERAS3, 1, 2, 3, 4).train(1);
    assertFalse(Arrays.equals(one, ofOneFeature(dropout, KERAS3, 1, 2, 3, 4).train(2)));
    assertArrayEquals(
        ofOneFeature(dropout, KERAS3, 1, 2).infer(),
        ofOneFeature(Keys.DEFAULT, KERAS3, 1, 2).infer(),
        1e-14);
  }

  /** As get_weights() and the groups of weights.h5 of Keras 3.15 and tf_keras 2.21. */
  @Test
  void hasTheParametersOfKeras() {
    List<Shape> inputs = List.of(Shape.of(3, 4), Shape.of(2, 5), Shape.of(2, 6));
    Keys keys = new Keys(7, 0, true, Shape.of(8, 9), null, null, false, true, false);
    assertEquals(
        List.of(
            "query_dense query/kernel (4, 2, 3)",
            "query_dense query/bias (2, 3)",
            "key_dense key/kernel (6, 2, 3)",
            "key_dense key/bias (2, 3)",
            "_gate_dense gate/kernel (4, 2, 7)",
            "_gate_dense gate/bias (2, 7)",
            "value_dense value/kernel (5, 2, 7)",
            "value_dense value/bias (2, 7)",
            "output_dense attention_output/kernel (2, 7, 8, 9)",
            "output_dense attention_output/bias (8, 9)"),
        keys.layer(KERAS3).parameters(inputs).stream()
            .map(MultiHeadAttentionTest::describe)
            .toList());
    Keys without = new Keys(null, 0, false, null, null, null, false, false, false);
    assertEquals(
        List.of(
            "_query_dense query/kernel (4, 2, 3)",
            "_key_dense key/kernel (6, 2, 3)",
            "_value_dense value/kernel (5, 2, 3)",
            "_output_dense attention_output/kernel (2, 3, 4)"),
        without.layer(Semantics.TF1).parameters(inputs).stream()
            .map(MultiHeadAttentionTest::describe)
            .toList());
    assertEquals(List.of(Shape.of(3, 8, 9)), keys.layer(KERAS3).outputShapes(inputs));
  }

  private static String describe(ParameterSpec spec) {
    return spec.group() + " " + spec.name() + " " + spec.shape();
  }

  @Test
  void refusesWhatDoesntFit() {
    Layer layer = Keys.DEFAULT.layer(KERAS3);
    assertEquals(
        "found 1 input, expected query and value, or query, value and key: name them beside the"
            + " layer, from: [query, value], with the same name twice for self-attention",
        refusal(layer, Shape.of(3, 2)));
    assertEquals(
        "found inputs of shapes [(3, 2), (3)], expected sequences (time, features) with a known"
            + " number of features",
        refusal(layer, Shape.of(3, 2), Shape.of(3)));
    assertEquals(
        "found a value of shape (3, 2) and a key of shape (4, 2): expected the same number of"
            + " steps",
        refusal(layer, Shape.of(3, 2), Shape.of(3, 2), Shape.of(4, 2)));
  }

  @Test
  void refusesAttentionOverSomeAxes() {
    Keys first = new Keys(null, 0, true, null, List.of(1), null, false, false, false);
    assertEquals(
        List.of(Shape.of(3, 2)),
        first.layer(KERAS3).outputShapes(List.of(Shape.of(3, 2), Shape.of(3, 2))));
    assertEquals(
        "found attention_axes [1] for inputs of shape (3, 4, 2): attention goes over all axes but"
            + " the last, [1, 2]; leave attention_axes out",
        refusal(first.layer(KERAS3), Shape.of(3, 4, 2), Shape.of(3, 4, 2)));
    Keys causal = new Keys(null, 0, true, null, null, null, false, false, true);
    assertEquals(
        "found inputs of shape (3, 4, 2), expected sequences (time, features): use_causal_mask and"
            + " sliding_window need an order of steps",
        refusal(causal.layer(KERAS3), Shape.of(3, 4, 2), Shape.of(3, 4, 2)));
  }

  private static @Nullable String refusal(Layer layer, Shape... inputs) {
    return assertThrows(ShapeMismatchException.class, () -> layer.outputShapes(List.of(inputs)))
        .getMessage();
  }

  @Test
  void refusesMasksOfTables() {
    Alone alone =
        Alone.of(Keys.DEFAULT.layer(KERAS3), Alone.ones(1, 2, 2, 2), Alone.ones(1, 2, 2, 2));
    DataException error =
        assertThrows(DataException.class, () -> alone.infer(Alone.mask(true, false), null));
    assertEquals(
        "layer 'layer': found a mask of shape (2): MultiHeadAttention uses masks of sequences (time, features)"
            + " alone",
        error.getMessage());
  }

  @Test
  void countsItsCost() {
    // Projections of three queries and two values, scores and means, the output's projection.
    long flops =
        2 * (3 * 4 * 6 + 2 * 5 * 6 + 2 * 5 * 6 + 3 * 6 * 4) + 2 * 3 * 2 * 6 + 2 * 3 * 2 * 6;
    assertEquals(
        flops,
        Keys.DEFAULT.layer(KERAS3).cost(List.of(Shape.of(3, 4), Shape.of(2, 5))).forwardFlops());
  }
}
