package org.rondoml.standard.layers.convolutional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.rondoml.standard.layers.Layers.assertRefused;
import static org.rondoml.standard.layers.Layers.assertValues;
import static org.rondoml.standard.layers.Layers.ramp;
import static org.rondoml.standard.layers.Layers.runner;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Window;
import org.rondoml.core.convolution.DataFormat;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Constraint;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.Regularizer;
import org.rondoml.standard.activations.Linear;
import org.rondoml.standard.initializers.Zeros;
import org.rondoml.standard.layers.Layers;
import org.rondoml.tck.GradientCheck;
import org.rondoml.tck.LayerContract;

class Conv1DTest {
  private static Layer of(Map<String, ?> keys) {
    return Layers.of("Conv1D", keys);
  }

  @Nested
  class WithStrides extends LayerContract {
    @Override
    protected Layer layer() {
      return of(Map.of("filters", 3, "kernel_size", 3, "strides", 2, "activation", "tanh"));
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(6, 2));
    }
  }

  /** Patches that are the inputs themselves, and an activation that reads what goes in. */
  @Nested
  class OfSingleSteps extends LayerContract {
    @Override
    protected Layer layer() {
      return of(Map.of("filters", 3, "kernel_size", 1, "activation", "silu"));
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(4, 2));
    }
  }

  @Nested
  class InGroups extends LayerContract {
    @Override
    protected Layer layer() {
      return of(Map.of("filters", 4, "kernel_size", 2, "groups", 2, "padding", "same"));
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(4, 6));
    }
  }

  @Nested
  class WithChannelsFirst extends LayerContract {
    @Override
    protected Layer layer() {
      return of(
          Map.of(
              "filters",
              3,
              "kernel_size",
              2,
              "data_format",
              "channels_first",
              "activation",
              "softmax"));
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(2, 4));
    }
  }

  static Stream<Map<String, ?>> variants() {
    return Stream.of(
        Map.of("padding", "valid"),
        Map.of("padding", "same"),
        Map.of("padding", "causal"),
        Map.of("padding", "same", "strides", 3),
        Map.of("padding", "causal", "strides", 2),
        Map.of("padding", "causal", "dilation_rate", 3),
        Map.of("padding", "same", "dilation_rate", List.of(2), "use_bias", false),
        Map.of("groups", 2, "strides", 2, "use_bias", false),
        Map.of("kernel_size", 5, "padding", "valid"),
        Map.of("kernel_size", 7, "padding", "same", "activation", "softmax"));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void gradientsAgreeWithFiniteDifferences(Map<String, ?> keys) {
    Map<String, Object> all = new java.util.HashMap<>(Map.of("filters", 2, "kernel_size", 3));
    all.putAll(keys);
    new GradientCheck(of(all), List.of(Shape.of(5, 4)), 3).run(2);
  }

  /** More images than are multiplied at once, and some that are left over. */
  @Test
  void gradientsOfManyStepsAgreeWithFiniteDifferences() {
    Layer layer = of(Map.of("filters", 1, "kernel_size", 2, "padding", "same"));
    new GradientCheck(layer, List.of(Shape.of(60, 1)), 3).run(7);
  }

  private static INDArray output(Layer layer, INDArray x) {
    LayerRunner runner = runner(layer, x);
    for (String name : runner.parameterNames()) {
      INDArray parameter = runner.parameter(name);
      parameter.assign(ramp(name.equals("bias") ? 1 : 0.5, parameter.shape()));
    }
    return runner.forward(List.of(x), false, 0).get(0);
  }

  /** Keras: Conv1D(2, 3, padding="same", strides=2), and so on, of float64 ramps. */
  @Test
  void computesWhatKerasComputes() {
    assertValues(
        output(
            of(Map.of("filters", 2, "kernel_size", 3, "padding", "same", "strides", 2)),
            ramp(1, 1, 5, 2)),
        new double[] {8.5, 9, 29, 22.5, 8, 6.5});
    assertValues(
        output(
            of(
                Map.of(
                    "filters", 2,
                    "kernel_size", 2,
                    "padding", "causal",
                    "dilation_rate", 2,
                    "use_bias", false)),
            ramp(1, 1, 5, 1)),
        new double[] {0, 0, 1, 1.5, 2, 3, 3, 5, 4, 7});
    assertValues(
        output(of(Map.of("filters", 4, "kernel_size", 2, "groups", 2)), ramp(1, 1, 3, 4)),
        new double[] {16.5, 22.5, 22, 18, 15.5, 22.5, 12.5, 20});
  }

  /** What comes in with the channels first goes out so, with the numbers of channels last. */
  @Test
  void channelsFirstIsAnotherOrderOnly() {
    INDArray x = ramp(1, 2, 5, 2);
    Map<String, Object> keys =
        new java.util.HashMap<>(Map.of("filters", 3, "kernel_size", 3, "activation", "tanh"));
    INDArray expected = output(of(keys), x);
    keys.put("data_format", "channels_first");
    INDArray found = output(of(keys), x.permute(0, 2, 1));
    assertValues(found, expected.permute(0, 2, 1).dup('c').data().asDouble());
  }

  @Test
  void tellsShapesBeforeTheData() {
    Layer layer = of(Map.of("filters", 3, "kernel_size", 4, "strides", 2));
    assertEquals(List.of(Shape.of(4, 3)), layer.outputShapes(List.of(Shape.of(10, 2))));
    assertEquals(List.of(Shape.of(-1, 3)), layer.outputShapes(List.of(Shape.of(-1, 2))));
    assertEquals(
        List.of(Shape.of(4, 2, 3), Shape.of(3)),
        layer.parameters(List.of(Shape.of(-1, 2))).stream().map(ParameterSpec::shape).toList());
    assertEquals(
        List.of(Shape.of(5, 3)),
        of(Map.of("filters", 3, "kernel_size", 9, "strides", 2, "padding", "causal"))
            .outputShapes(List.of(Shape.of(10, 2))));
  }

  /** tf_keras convolves all steps of a sequence of sequences; Keras 3 refuses it. */
  @Test
  void tfKerasTakesMoreAxes() {
    Map<String, ?> keys = Map.of("filters", 3, "kernel_size", 2);
    Shape input = Shape.of(2, 4, 2);
    Layer layer = Layers.of("Conv1D", keys, Semantics.TF2);
    assertEquals(List.of(Shape.of(2, 3, 3)), layer.outputShapes(List.of(input)));
    new GradientCheck(layer, List.of(input), 3).run(2);
    assertRefused(
        "found inputs of shape (2, 4, 2), expected sequences (steps, channels)", of(keys), input);
  }

  @Test
  void tellsTheLossOfItsActivationAndOtherLayersOfNoMask() {
    Map<String, ?> keys = Map.of("filters", 3, "kernel_size", 1, "activation", "softmax");
    assertEquals(Activation.Link.SOFTMAX, of(keys).outputActivation().orElseThrow().link());
    assertFalse(of(keys).keepsMask());
  }

  @Test
  void countsItsCost() {
    Cost cost =
        of(Map.of("filters", 4, "kernel_size", 3, "groups", 2)).cost(List.of(Shape.of(10, 6)));
    assertEquals(2 * 8 * 3 * 3 * 4, cost.forwardFlops());
    // patches, dx, y and dz
    assertEquals(8 * 3 * 6 + 10 * 6 + 2 * 8 * 4, cost.savedElements());
  }

  @Test
  void refusesWhatCannotBe() {
    Layer layer = of(Map.of("filters", 2, "kernel_size", 3, "dilation_rate", 2));
    assertRefused(
        "the output would be empty: a window that reaches over 5 doesn't fit on an axis of 4"
            + " without padding; expected 5 or more, a smaller window, or padding: same",
        layer,
        Shape.of(4, 2));
    assertRefused(
        "found inputs of shape (4), expected sequences (steps, channels): where there is one"
            + " channel, Reshape adds an axis of size 1",
        layer,
        Shape.of(4));
    assertRefused(
        "found inputs of shape (4, ?), expected a known number of channels, on the last axis",
        layer,
        Shape.of(4, -1));
    assertRefused(
        "found 3 channels for 2 groups, expected a number of groups that divides the channels",
        of(Map.of("filters", 2, "kernel_size", 1, "groups", 2)),
        Shape.of(4, 3));
    assertRefused(
        "found 2 groups for 3 filters, expected a number of groups that divides the filters",
        "Conv1D",
        Map.of("filters", 3, "kernel_size", 1, "groups", 2));
    assertRefused(
        "found dilation_rate [2] with strides [3]: expected strides of 1 where taps are dilated,"
            + " or no dilation",
        "Conv1D",
        Map.of("filters", 3, "kernel_size", 2, "strides", 3, "dilation_rate", 2));
    assertRefused(
        "found 2 numbers, expected one",
        "Conv1D",
        Map.of("filters", 3, "kernel_size", List.of(2, 2)));
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
    Penalty ofKernel = new Penalty();
    Penalty ofBias = new Penalty();
    Penalty ofOutput = new Penalty();
    Layer layer =
        new Conv1D(
            new Conv1D.Config(
                2,
                List.of(3),
                List.of(1),
                Window.Padding.VALID,
                DataFormat.CHANNELS_LAST,
                List.of(1),
                1,
                new Linear(),
                true,
                new Zeros(),
                new Zeros(),
                ofKernel,
                ofBias,
                ofOutput,
                ofKernel,
                ofBias),
            Semantics.KERAS3);
    List<ParameterSpec> parameters = layer.parameters(List.of(Shape.of(5, 2)));
    assertSame(ofKernel, parameters.get(0).regularizer());
    assertSame(ofKernel, parameters.get(0).constraint());
    assertSame(ofBias, parameters.get(1).regularizer());
    assertSame(ofBias, parameters.get(1).constraint());
    assertSame(ofOutput, layer.activityRegularizer().orElseThrow());
  }
}
