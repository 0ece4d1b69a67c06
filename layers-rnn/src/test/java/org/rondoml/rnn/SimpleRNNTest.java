package org.rondoml.rnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.api.Shape;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.activations.Gelu;
import org.rondoml.standard.activations.Linear;
import org.rondoml.standard.activations.Relu;
import org.rondoml.standard.activations.Softmax;
import org.rondoml.standard.activations.Tanh;
import org.rondoml.standard.initializers.Zeros;
import org.rondoml.tck.GradientCheck;
import org.rondoml.tck.ReferenceKernels;

class SimpleRNNTest {
  private static SimpleRNN layer(
      int units,
      Activation activation,
      boolean bias,
      boolean sequences,
      boolean state,
      boolean backwards) {
    Zeros zeros = new Zeros();
    return new SimpleRNN(
        new SimpleRNN.Config(
            units, activation, bias, zeros, zeros, zeros, sequences, state, backwards, false));
  }

  static Stream<SimpleRNN> variants() {
    Gelu gelu = new Gelu(new Gelu.Config(false));
    return Stream.of(
        layer(3, new Tanh(), true, false, false, false),
        layer(3, new Tanh(), true, true, false, false),
        layer(3, new Tanh(), false, true, true, true),
        layer(3, new Relu(), true, true, false, false),
        layer(3, new Softmax(), true, true, true, false),
        layer(3, gelu, true, false, true, true));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void gradientsAgreeWithFiniteDifferences(SimpleRNN layer) {
    new GradientCheck(layer, List.of(Shape.of(4, 2)), 1).run(2);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void gradientsOfInitialStatesAgreeWithFiniteDifferences(SimpleRNN layer) {
    new GradientCheck(layer, List.of(Shape.of(4, 2), Shape.of(3)), 2).run(2);
  }

  /** With one linear unit the layer is the autoregression h_t = u h_{t-1} + w x_t + b. */
  @Test
  void aLinearUnitIsAnAutoregression() {
    double w = 0.5;
    double u = -0.8;
    double b = 0.1;
    double[] x = {1, 2, -3, 0.5};
    INDArray output = run(layer(1, new Linear(), true, true, false, false), w, u, b, x);
    INDArray reversed = run(layer(1, new Linear(), true, true, false, true), w, u, b, x);
    double h = 0;
    double r = 0;
    for (int t = 0; t < x.length; t++) {
      h = u * h + w * x[t] + b;
      r = u * r + w * x[x.length - 1 - t] + b;
      assertEquals(h, output.getDouble(0, t, 0), 1e-15);
      assertEquals(r, reversed.getDouble(0, t, 0), 1e-15);
    }
  }

  private static INDArray run(SimpleRNN layer, double w, double u, double b, double... x) {
    LayerRunner runner =
        new LayerRunner(
            layer, List.of(Shape.of(x.length, 1)), 1, Precision.FLOAT64, new ReferenceKernels(), 1);
    runner.parameter("kernel").assign(w);
    runner.parameter("recurrent_kernel").assign(u);
    runner.parameter("bias").assign(b);
    return runner
        .forward(List.of(Nd4j.createFromArray(x).reshape(1, x.length, 1)), false, 0)
        .get(0);
  }

  @Test
  void theLastStateIsTheLastOutput() {
    LayerRunner runner =
        new LayerRunner(
            layer(3, new Tanh(), true, true, true, false),
            List.of(Shape.of(4, 2), Shape.of(3)),
            2,
            Precision.FLOAT64,
            new ReferenceKernels(),
            1);
    List<INDArray> outputs =
        runner.forward(
            List.of(
                Nd4j.ones(org.nd4j.linalg.api.buffer.DataType.DOUBLE, 2, 4, 2),
                Nd4j.ones(org.nd4j.linalg.api.buffer.DataType.DOUBLE, 2, 3)),
            false,
            0);
    assertEquals(2, outputs.size());
    INDArray last =
        outputs
            .get(0)
            .get(
                org.nd4j.linalg.indexing.NDArrayIndex.all(),
                org.nd4j.linalg.indexing.NDArrayIndex.point(3));
    assertEquals(last, outputs.get(1));
  }

  @Test
  void shapesAndParametersAreKeras() {
    SimpleRNN layer = layer(4, new Tanh(), true, true, true, false);
    List<Shape> input = List.of(Shape.of(Shape.UNKNOWN, 3));
    assertEquals(List.of(Shape.of(Shape.UNKNOWN, 4), Shape.of(4)), layer.outputShapes(input));
    assertEquals(
        List.of("kernel (3, 4)", "recurrent_kernel (4, 4)", "bias (4)"),
        layer.parameters(input).stream().map(SimpleRNNTest::text).toList());
  }

  private static String text(ParameterSpec spec) {
    return spec.name() + " " + spec.shape();
  }

  @Test
  void inputsThatDoNotFitAreRefusedWithTheCure() {
    SimpleRNN layer = layer(4, new Tanh(), true, false, false, false);
    assertEquals(
        "found input of shape (3), expected a sequence (time, features); a recurrent layer before"
            + " this one gives a sequence with return_sequences: true",
        refusal(layer, Shape.of(3)));
    assertEquals(
        "found input of shape (2, 3, 4), expected a sequence (time, features)",
        refusal(layer, Shape.of(2, 3, 4)));
    assertEquals(
        "found input of shape (2, ?), expected a known number of features",
        refusal(layer, Shape.of(2, Shape.UNKNOWN)));
    assertEquals(
        "found 3 inputs, expected a sequence alone or a sequence and 1 initial state",
        refusal(layer, Shape.of(2, 3), Shape.of(4), Shape.of(4)));
    assertEquals(
        "found an initial state of shape (5), expected (4) as units says",
        refusal(layer, Shape.of(2, 3), Shape.of(5)));
  }

  private static String refusal(SimpleRNN layer, Shape... inputs) {
    return String.valueOf(
        assertThrows(ShapeMismatchException.class, () -> layer.outputShapes(List.of(inputs)))
            .getMessage());
  }
}
