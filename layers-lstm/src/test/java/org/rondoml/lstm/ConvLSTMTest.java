package org.rondoml.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.rondoml.api.DataException;
import org.rondoml.api.Precision;
import org.rondoml.api.RondoException;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.convolution.DataFormat;
import org.rondoml.core.convolution.Padding;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Constraint;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.Regularizer;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.activations.Tanh;
import org.rondoml.standard.initializers.Zeros;
import org.rondoml.tck.GradientCheck;
import org.rondoml.tck.LayerContract;
import org.rondoml.tck.MaskedLayerContract;
import org.rondoml.tck.ReferenceKernels;
import org.rondoml.tck.Written;

/** ConvLSTM1D and ConvLSTM2D. */
class ConvLSTMTest {
  private static final Registry REGISTRY = Registry.load(ConvLSTMTest.class.getClassLoader());

  private static Layer of(int axes, Map<String, ?> keys, Semantics semantics) {
    Map<String, Object> all = new HashMap<>(Map.of("filters", 2, "kernel_size", 2));
    all.putAll(keys);
    return REGISTRY.create(Layer.class, "ConvLSTM" + axes + "D", all, semantics);
  }

  private static Layer of(int axes, Map<String, ?> keys) {
    return of(axes, keys, Semantics.KERAS3);
  }

  @Nested
  class OfSequences extends MaskedLayerContract {
    @Override
    protected Layer layer() {
      return of(1, Map.of("padding", "same"));
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(5, 3, 2));
    }
  }

  @Nested
  class BothWays extends MaskedLayerContract {
    @Override
    protected Layer layer() {
      return Written.layer(
          "Bidirectional: {layer: {ConvLSTM1D: {filters: 2, kernel_size: 2, return_sequences:"
              + " true}}, merge_mode: mul}");
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3, 4, 2));
    }
  }

  @Nested
  class BothWaysWithStates extends LayerContract {
    @Override
    protected Layer layer() {
      return Written.layer(
          "Bidirectional: {layer: {ConvLSTM2D: {filters: 1, kernel_size: 2, data_format:"
              + " channels_first, padding: same, return_state: true}}}");
    }

    @Override
    protected List<Shape> inputs() {
      Shape state = Shape.of(1, 3, 2);
      return List.of(Shape.of(3, 2, 3, 2), state, state, state, state);
    }
  }

  @Nested
  class OfImagesWithStates extends MaskedLayerContract {
    @Override
    protected Layer layer() {
      return of(
          2,
          Map.of(
              "return_sequences", true,
              "return_state", true,
              "go_backwards", true,
              "strides", List.of(1, 2),
              "recurrent_activation", "sigmoid"),
          Semantics.TF2); // Keras 3 passes over masks beside states
    }

    @Override
    protected List<Shape> inputs() {
      Shape state = Shape.of(1, 2, 2);
      return List.of(Shape.of(4, 2, 4, 1), state, state);
    }
  }

  @Nested
  class PuttingOutZeros extends MaskedLayerContract {
    @Override
    protected Layer layer() {
      return of(
          1,
          Map.of(
              "return_sequences",
              true,
              "zero_output_for_mask",
              true,
              "activation",
              "gelu",
              "recurrent_activation",
              "silu"));
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(4, 3, 1));
    }
  }

  @Nested
  class WithChannelsFirst extends LayerContract {
    @Override
    protected Layer layer() {
      return of(
          2,
          Map.of(
              "return_sequences",
              true,
              "return_state",
              true,
              "padding",
              "same",
              "data_format",
              "channels_first"));
    }

    @Override
    protected List<Shape> inputs() {
      Shape state = Shape.of(2, 2, 3);
      return List.of(Shape.of(3, 1, 2, 3), state, state);
    }
  }

  /** The masks are the same at every evaluation, so the gradient through them can be checked. */
  @Nested
  class WithDropout extends LayerContract {
    @Override
    protected Layer layer() {
      return of(
          1,
          Map.of(
              "dropout",
              0.4,
              "recurrent_dropout",
              0.3,
              "return_sequences",
              true,
              "padding",
              "same"));
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3, 3, 2));
    }
  }

  static Stream<Map<String, ?>> variants() {
    return Stream.of(
        Map.of("kernel_size", 3, "padding", "same", "strides", 2, "use_bias", false),
        Map.of("dilation_rate", 2, "return_sequences", true),
        Map.of("kernel_size", 1, "activation", "relu", "recurrent_activation", "hard_sigmoid"),
        Map.of("kernel_size", 4, "go_backwards", true, "return_state", true),
        Map.of("activation", "softmax", "return_state", true, "return_sequences", true),
        Map.of("recurrent_dropout", 0.5, "go_backwards", true, "use_bias", false));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void gradientsAgreeWithFiniteDifferences(Map<String, ?> keys) {
    new GradientCheck(of(1, keys), List.of(Shape.of(3, 4, 2)), 3).run(2);
    new GradientCheck(of(2, keys), List.of(Shape.of(3, 4, 5, 1)), 4).run(1);
  }

  /** A mask of pixels, as Masking makes it of images, carries each of them for itself. */
  @Test
  void gradientsOfMaskedPixelsAgreeWithFiniteDifferences() {
    RandomStream random = RandomStream.of(9);
    boolean[] valid = new boolean[2 * 3 * 4];
    for (int i = 0; i < valid.length; i++) {
      valid[i] = random.nextDouble() < 0.6;
    }
    Mask mask = Mask.of(Shape.of(3, 4), 2, valid);
    for (boolean sequences : new boolean[] {true, false}) {
      Layer layer =
          of(1, Map.of("padding", "same", "return_state", true, "return_sequences", sequences));
      new GradientCheck(layer, List.of(Shape.of(3, 4, 1)), List.of(mask), 3).run(2);
    }
  }

  private static INDArray ramp(double step, double start, long... shape) {
    INDArray array = Nd4j.create(Precision.FLOAT64.dataType(), shape);
    for (int i = 0; i < array.length(); i++) {
      array.putScalar(i, start + step * (i % 7));
    }
    return array;
  }

  private static LayerRunner runner(Layer layer, INDArray... inputs) {
    List<Shape> shapes =
        Arrays.stream(inputs)
            .map(x -> Shape.of(Arrays.copyOfRange(x.shape(), 1, x.rank())))
            .toList();
    int batch = (int) inputs[0].size(0);
    LayerRunner runner =
        new LayerRunner(layer, shapes, batch, Precision.FLOAT64, new ReferenceKernels(), 1);
    for (String name : runner.parameterNames()) {
      INDArray parameter = runner.parameter(name);
      parameter.assign(ramp(0.125, -0.2, parameter.shape()));
    }
    return runner;
  }

  private static void assertComputes(
      Layer layer,
      boolean[] valid,
      Shape mask,
      List<INDArray> inputs,
      List<double[]> y,
      double... dx) {
    LayerRunner runner = runner(layer, inputs.toArray(new INDArray[0]));
    List<INDArray> outputs = runner.forward(inputs, List.of(Mask.of(mask, 1, valid)), true, 0);
    List<INDArray> gradients = new ArrayList<>();
    for (int o = 0; o < outputs.size(); o++) {
      double[] found = outputs.get(o).dup('c').data().asDouble();
      assertArrayEquals(y.get(o), found, 1e-11, "output " + o);
      gradients.add(ramp(1, 1, outputs.get(o).shape()));
    }
    double[] found = runner.backward(gradients).inputs().get(0).dup('c').data().asDouble();
    assertArrayEquals(dx, found, 1e-11, "gradient");
  }

  /** Keras: ConvLSTM1D(1, 2, padding="same", ...)(x, mask=..., initial_state=...) of ramps. */
  @Test
  void masksAsKerasDoes() {
    INDArray x = ramp(0.25, 0, 1, 3, 2, 1);
    Map<String, Object> keys =
        new HashMap<>(
            Map.of(
                "filters", 1, "padding", "same", "return_sequences", true, "return_state", true));
    Map<String, Object> withStates = new HashMap<>(keys);
    withStates.put("recurrent_activation", "sigmoid");
    assertComputes(
        of(1, withStates, Semantics.TF2),
        new boolean[] {false, true, false},
        Shape.of(3),
        List.of(x, ramp(0.1, 0, 1, 2, 1), ramp(0.2, 0, 1, 2, 1)),
        List.of(
            new double[] {0, 0, 0.124114663898, 0.075440274233, 0.124114663898, 0.075440274233},
            new double[] {0.124114663898, 0.075440274233},
            new double[] {0.24187258157, 0.130756240169}),
        0,
        0,
        0.059048645382,
        1.373391578927,
        0,
        0);
    // Each pixel for itself.
    assertComputes(
        of(1, keys),
        new boolean[] {true, false, false, true},
        Shape.of(2, 2),
        List.of(ramp(0.25, 0, 1, 2, 2, 1)),
        List.of(
            new double[] {0.046037001326, 0, 0.046037001326, 0.020771358779},
            new double[] {0.046037001326, 0.020771358779},
            new double[] {0.08688246692, 0.036078932366}),
        0.067621766617,
        0.934073798573,
        0,
        0.097988912624);
    keys.put("zero_output_for_mask", true);
    assertComputes(
        of(1, keys),
        new boolean[] {true, false, true},
        Shape.of(3),
        List.of(x),
        List.of(
            new double[] {0.046037001326, 0.015149016274, 0, 0, 0.190075443347, 0.033643060436},
            new double[] {0.190075443347, 0.033643060436},
            new double[] {0.378265794267, 0.056335507569}),
        0.040885548547,
        0.812304453144,
        0,
        0,
        0.016238596463,
        0.789228366514);
    keys.remove("zero_output_for_mask");
    keys.put("return_sequences", false);
    keys.put("go_backwards", true);
    assertComputes(
        of(1, keys, Semantics.TF2),
        new boolean[] {false, true, true},
        Shape.of(3),
        List.of(x),
        List.of(
            new double[] {0.201042043562, 0.033546704289},
            new double[] {0.201042043562, 0.033546704289},
            new double[] {0.401663028935, 0.059743538961}),
        0,
        0,
        0.017214526369,
        0.547271095568,
        -0.012470294813,
        0.238546173511);
  }

  @Test
  void theMaskStaysWithASequence() {
    INDArray x = ramp(0.25, 0, 1, 3, 2, 1);
    Mask mask = Mask.of(Shape.of(3), 1, new boolean[] {true, true, false});
    for (boolean sequences : new boolean[] {true, false}) {
      LayerRunner runner =
          runner(of(1, Map.of("return_sequences", sequences, "return_state", true)), x);
      runner.forward(List.of(x), List.of(mask), false, 0);
      if (sequences) {
        assertEquals(mask, runner.outputMasks().get(0));
      } else {
        assertNull(runner.outputMasks().get(0));
      }
      assertNull(runner.outputMasks().get(1));
    }
  }

  /** Two halves of a sequence one after the other are the whole. */
  @Test
  void aStatefulLayerGoesOnWhereItWas() {
    INDArray x = ramp(0.25, -0.5, 2, 4, 3, 1);
    Layer plain = of(1, Map.of("return_sequences", true));
    Layer stateful = of(1, Map.of("return_sequences", true, "stateful", true));
    assertFalse(plain.isStateful());
    assertTrue(stateful.isStateful());
    INDArray whole = runner(plain, x).forward(List.of(x), false, 0).get(0);
    INDArray first = x.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 2)).dup('c');
    INDArray second = x.get(NDArrayIndex.all(), NDArrayIndex.interval(2, 4)).dup('c');
    LayerRunner runner = runner(stateful, first);
    INDArray start = runner.forward(List.of(first), false, 0).get(0);
    INDArray end = runner.forward(List.of(second), false, 0).get(0);
    assertTrue(Nd4j.concat(1, start, end).equalsWithEps(whole, 1e-12));
    runner.beginEvaluation();
    assertTrue(start.equalsWithEps(runner.forward(List.of(first), false, 0).get(0), 0));
  }

  @Test
  void dropsElementsInTrainingOnly() {
    INDArray x = ramp(0.25, -0.5, 2, 4, 3, 2);
    Layer plain = of(1, Map.of("padding", "same"));
    Layer dropping =
        of(1, Map.of("padding", "same", "dropout", 0.5, "recurrent_dropout", 0.5, "seed", 3));
    INDArray expected = runner(plain, x).forward(List.of(x), true, 0).get(0);
    LayerRunner runner = runner(dropping, x);
    INDArray trained = runner.forward(List.of(x), true, 0).get(0);
    assertTrue(expected.equalsWithEps(runner.forward(List.of(x), false, 0).get(0), 1e-12));
    assertFalse(expected.equalsWithEps(trained, 1e-3));
  }

  @Test
  void tellsShapesBeforeTheData() {
    Layer layer =
        of(2, Map.of("kernel_size", List.of(3, 2), "return_sequences", true, "return_state", true));
    List<Shape> inputs = List.of(Shape.of(-1, 8, 5, 4));
    Shape state = Shape.of(6, 4, 2);
    assertEquals(List.of(Shape.of(-1, 6, 4, 2), state, state), layer.outputShapes(inputs));
    assertEquals(
        List.of("kernel (3, 2, 4, 8)", "recurrent_kernel (3, 2, 2, 8)", "bias (8)"),
        layer.parameters(inputs).stream().map(p -> p.name() + " " + p.shape()).toList());
    assertTrue(layer.parameters(inputs).stream().allMatch(p -> p.group().equals("cell")));
    assertEquals(
        List.of(Shape.of(7, 2, 8), Shape.of(2, 8), Shape.of(2, 8)),
        of(
                1,
                Map.of(
                    "data_format", "channels_first",
                    "return_sequences", true,
                    "return_state", true))
            .outputShapes(List.of(Shape.of(7, 3, 9))));
  }

  @Test
  void theForgetGateStartsOpen() {
    List<Shape> inputs = List.of(Shape.of(3, 4, 1));
    ParameterSpec open = of(1, Map.of("bias_initializer", "ones")).parameters(inputs).get(2);
    ParameterSpec zeros = of(1, Map.of("unit_forget_bias", false)).parameters(inputs).get(2);
    RandomStream random = RandomStream.of(1);
    assertArrayEquals(
        new double[] {0, 0, 1, 1, 0, 0, 0, 0},
        of(1, Map.of()).parameters(inputs).get(2).initializer().initialize(open.shape(), random));
    assertArrayEquals(
        new double[] {1, 1, 1, 1, 1, 1, 1, 1}, open.initializer().initialize(open.shape(), random));
    assertArrayEquals(new double[8], zeros.initializer().initialize(zeros.shape(), random));
  }

  @Test
  void countsItsCost() {
    Cost cost = of(1, Map.of("kernel_size", 3)).cost(List.of(Shape.of(5, 6, 4)));
    assertEquals(2 * 5 * 3 * 4 * (4 * 4 * 2), cost.inputGradientFlops());
    assertEquals(cost.inputGradientFlops() + 2 * 5 * 3 * 2 * (4 * 4 * 2), cost.forwardFlops());
    // gates, states, x and dx at all steps, the gradients of states at one
    assertEquals(5 * (4 * 8 + 2 * 8 + 2 * 24) + 2 * 8, cost.savedElements());
  }

  private static void assertRefused(String message, Layer layer, Shape... inputs) {
    assertEquals(
        message,
        assertThrows(ShapeMismatchException.class, () -> layer.outputShapes(Arrays.asList(inputs)))
            .getMessage());
  }

  private static void assertRefused(String message, Map<String, ?> keys, Semantics semantics) {
    RondoException refusal = assertThrows(RondoException.class, () -> of(1, keys, semantics));
    assertTrue(String.valueOf(refusal.getMessage()).endsWith(message), refusal.getMessage());
  }

  @Test
  void refusesWhatCannotBe() {
    Layer layer = of(2, Map.of());
    assertRefused(
        "found input of shape (4, 6, 6), expected a sequence of images (time, rows, columns,"
            + " channels)",
        layer,
        Shape.of(4, 6, 6));
    assertRefused(
        "found input of shape (4, ?, 6, 1), expected known sizes of all axes but the time in (time,"
            + " rows, columns, channels)",
        layer,
        Shape.of(4, -1, 6, 1));
    assertRefused(
        "the output would be empty: a window that reaches over 2 doesn't fit on an axis of 1"
            + " without padding; expected 2 or more, a smaller window, or padding: same",
        layer,
        Shape.of(4, 3, 1, 1));
    assertRefused(
        "found 2 inputs, expected a sequence alone or a sequence and 2 initial states, h and c",
        layer,
        Shape.of(4, 3, 3, 1),
        Shape.of(2, 2, 2));
    assertRefused(
        "found an initial state of shape (3, 2, 2), expected (2, 2, 2) as the output of a step has",
        layer,
        Shape.of(4, 3, 3, 1),
        Shape.of(2, 2, 2),
        Shape.of(3, 2, 2));
    assertRefused(
        "found dilation_rate [2] with strides [2]: expected strides of 1 where taps are dilated,"
            + " or no dilation",
        Map.of("dilation_rate", 2, "strides", 2),
        Semantics.KERAS3);
    assertRefused(
        "found channels_first with an activation along the last axis, which would not be that of"
            + " the channels; expected channels_last, or an element-wise activation",
        Map.of("data_format", "channels_first", "activation", "log_softmax"),
        Semantics.KERAS3);
    assertRefused(
        "not known in semantics: tf2; tf_keras has one seed for all; give the model's seed",
        Map.of("seed", 1),
        Semantics.TF2);
    INDArray x = ramp(1, 0, 1, 3, 4, 1);
    LayerRunner runner = runner(of(1, Map.of()), x);
    Mask mask = Mask.of(Shape.of(2), 1, new boolean[2]);
    assertEquals(
        "layer 'layer': found a mask of shape (2), expected one value for each of 3 steps, or for"
            + " each pixel of the output at each step",
        assertThrows(DataException.class, () -> runner.forward(List.of(x), List.of(mask), false, 0))
            .getMessage());
  }

  /** A penalty and a condition, to be told apart from others. */
  private static final class Penalty implements Regularizer, Constraint {
    @Override
    public double penalty(Memory values) {
      return 0;
    }

    @Override
    public void addGradient(Memory values, double scale, Memory gradient, long offset) {}

    @Override
    public void apply(Memory parameter, Memory scratch) {}
  }

  @Test
  void asksForItsPenaltiesAndConstraints() {
    List<Penalty> own = Stream.generate(Penalty::new).limit(4).toList();
    Layer layer =
        new ConvLSTM1D(
            new ConvLSTM1D.Config(
                2,
                List.of(3),
                List.of(1),
                Padding.SAME,
                DataFormat.CHANNELS_LAST,
                List.of(1),
                new Tanh(),
                new Tanh(),
                true,
                new Zeros(),
                new Zeros(),
                new Zeros(),
                true,
                own.get(0),
                own.get(1),
                own.get(2),
                own.get(3),
                own.get(0),
                own.get(1),
                own.get(2),
                0,
                0,
                null,
                false,
                false,
                false,
                false,
                false),
            Semantics.KERAS3);
    List<ParameterSpec> parameters = layer.parameters(List.of(Shape.of(2, 4, 1)));
    for (int p = 0; p < 3; p++) {
      assertSame(own.get(p), parameters.get(p).regularizer());
      assertSame(own.get(p), parameters.get(p).constraint());
    }
    assertSame(own.get(3), layer.activityRegularizer().orElseThrow());
  }
}
