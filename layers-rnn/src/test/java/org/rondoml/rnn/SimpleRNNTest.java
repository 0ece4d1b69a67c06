package org.rondoml.rnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.tck.MaskedLayerContract;
import org.rondoml.tck.ReferenceKernels;
import org.rondoml.tck.Written;

class SimpleRNNTest extends MaskedLayerContract {
  private static final String LINEAR =
      "SimpleRNN: {units: 1, activation: linear, return_sequences: true}";
  private static final String LINEAR_BACKWARDS =
      "SimpleRNN: {units: 1, activation: linear, return_sequences: true, go_backwards: true}";

  /** In tf2, as Keras 3 passes over masks beside initial states. */
  @Override
  protected Layer layer() {
    return Written.component(
        Layer.class,
        "SimpleRNN: {units: 3, return_sequences: true, return_state: true}",
        Semantics.TF2);
  }

  @Override
  protected List<Shape> inputs() {
    return List.of(Shape.of(4, 2), Shape.of(3));
  }

  /** With one linear unit the layer is the autoregression h_t = u h_{t-1} + w x_t + b. */
  @Test
  void aLinearUnitIsAnAutoregression() {
    double w = 0.5;
    double u = -0.8;
    double b = 0.1;
    double[] x = {1, 2, -3, 0.5};
    INDArray output = run(LINEAR, w, u, b, x);
    INDArray reversed = run(LINEAR_BACKWARDS, w, u, b, x);
    double h = 0;
    double r = 0;
    for (int t = 0; t < x.length; t++) {
      h = u * h + w * x[t] + b;
      r = u * r + w * x[x.length - 1 - t] + b;
      assertEquals(h, output.getDouble(0, t, 0), 1e-15);
      assertEquals(r, reversed.getDouble(0, t, 0), 1e-15);
    }
  }

  private static INDArray run(String layer, double w, double u, double b, double... x) {
    LayerRunner runner =
        new LayerRunner(
            Written.layer(layer),
            List.of(Shape.of(x.length, 1)),
            1,
            Precision.FLOAT64,
            new ReferenceKernels(),
            1);
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
            layer(),
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
    Layer layer =
        Written.layer("SimpleRNN: {units: 4, return_sequences: true, return_state: true}");
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
    Layer layer = Written.layer("SimpleRNN: 4");
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

  private static String refusal(Layer layer, Shape... inputs) {
    return String.valueOf(
        assertThrows(ShapeMismatchException.class, () -> layer.outputShapes(List.of(inputs)))
            .getMessage());
  }
}
