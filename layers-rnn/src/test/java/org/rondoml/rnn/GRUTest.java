package org.rondoml.rnn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.Layer;
import org.rondoml.tck.MaskedLayerContract;
import org.rondoml.tck.ReferenceKernels;
import org.rondoml.tck.Written;

class GRUTest extends MaskedLayerContract {
  /** In tf2, as Keras 3 passes over masks beside initial states. */
  @Override
  protected Layer layer() {
    return Written.component(
        Layer.class, "GRU: {units: 3, return_sequences: true, return_state: true}", Semantics.TF2);
  }

  @Override
  protected List<Shape> inputs() {
    return List.of(Shape.of(4, 2), Shape.of(3));
  }

  /** With an update gate that is always z, h is a moving average of a constant candidate. */
  @Test
  void constantGatesMakeAMovingAverage() {
    LayerRunner runner =
        new LayerRunner(
            Written.layer("GRU: {units: 1, return_sequences: true}"),
            List.of(Shape.of(5, 1)),
            1,
            Precision.FLOAT64,
            new ReferenceKernels(),
            1);
    runner.parameter("kernel").assign(0);
    runner.parameter("recurrent_kernel").assign(0);
    runner
        .parameter("bias")
        .assign(Nd4j.createFromArray(new double[][] {{0.3, 0.9, 0.7}, {0.1, -0.2, 0.4}}));
    INDArray h =
        runner.forward(List.of(Nd4j.createFromArray(new double[1][5][1])), false, 0).get(0);
    double z = 1 / (1 + Math.exp(-0.4));
    double r = 1 / (1 + Math.exp(-0.7));
    double candidate = Math.tanh(0.7 + r * 0.4);
    for (int t = 0; t < 5; t++) {
      assertEquals(candidate * (1 - Math.pow(z, t + 1)), h.getDouble(0, t, 0), 1e-15);
    }
  }

  @Test
  void eachGenerationHasItsOwnDefaults() {
    assertEquals(
        List.of("kernel (2, 9)", "recurrent_kernel (3, 9)", "bias (2, 9)"),
        parameters(Semantics.KERAS3));
    assertEquals(parameters(Semantics.KERAS3), parameters(Semantics.TF2));
    assertEquals(
        List.of("kernel (2, 9)", "recurrent_kernel (3, 9)", "bias (9)"), parameters(Semantics.TF1));
  }

  private static List<String> parameters(Semantics semantics) {
    return Written.component(Layer.class, "GRU: 3", semantics)
        .parameters(List.of(Shape.of(4, 2)))
        .stream()
        .map(p -> p.name() + " " + p.shape())
        .toList();
  }

  @Test
  void costsWhatItsProductsCost() {
    Cost cost =
        Written.layer("GRU: {units: 256, return_sequences: true}").cost(List.of(Shape.of(28, 28)));
    assertEquals(2L * 28 * (28 + 256) * 768, cost.forwardFlops());
    assertEquals(2L * 28 * 28 * 768, cost.inputGradientFlops());
  }
}
