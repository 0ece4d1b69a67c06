package org.rondoml.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.UnaryLayer;

/**
 * The check can fail: layers with a wrong gradient don't get through, and the message says where.
 */
class GradientCheckTest {
  private static final Shape INPUT = Shape.of(2);

  @Test
  void aRightGradientPasses() {
    new GradientCheck(new Scale(1, 1), List.of(INPUT), 3).run(2);
  }

  @Test
  void aWrongInputGradientFails() {
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () -> new GradientCheck(new Scale(1 + 1e-5, 1), List.of(INPUT), 3).run(2));
    String message = String.valueOf(error.getMessage());
    assertEquals(
        "Scale, input 0, element [0, 0]: backward gives #, the finite difference is #",
        message.replaceAll("-?\\d+\\.\\d+(E-?\\d+)?", "#"));
  }

  @Test
  void aWrongParameterGradientFails() {
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () -> new GradientCheck(new Scale(1, -1), List.of(INPUT), 3).run(2));
    String message = String.valueOf(error.getMessage());
    assertEquals(
        "Scale, parameter scale, element [0]: backward gives #, the finite difference is #",
        message.replaceAll("-?\\d+\\.\\d+(E-?\\d+)?", "#"));
  }

  /** y = s · x with a parameter s for each feature, and gradients that are off by factors. */
  private record Scale(double inputFactor, double parameterFactor) implements UnaryLayer {
    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
      return List.of(new ParameterSpec("scale", input, (shape, random) -> new double[] {1, 1}));
    }

    @Override
    public INDArray forward(LayerContext context, INDArray input) {
      INDArray kept = context.scratch("x", input.shape());
      kept.assign(input);
      INDArray output = context.scratch("y", input.shape());
      Vec s = context.vec("s", 2).load(context.parameter("scale"), 0);
      Vec x = context.vec("x", 2);
      for (int row = 0; row < context.batchSize(); row++) {
        x.load(context.dense("x", kept), 2L * row);
        x.multiply(x, s).store(context.dense("y", output), 2L * row);
      }
      return output;
    }

    @Override
    public INDArray backward(LayerContext context, INDArray outputGradient) {
      INDArray kept = context.scratch("x", outputGradient.shape());
      INDArray inputGradient = context.scratch("dx", outputGradient.shape());
      Vec s = context.vec("s", 2).load(context.parameter("scale"), 0);
      Vec ds = context.vec("ds", 2).load(context.gradient("scale"), 0);
      Vec x = context.vec("x", 2);
      Vec dy = context.vec("dy", 2);
      for (int row = 0; row < context.batchSize(); row++) {
        dy.load(context.dense("dy", outputGradient), 2L * row);
        x.load(context.dense("x", kept), 2L * row).scale(x, parameterFactor);
        ds.addProduct(dy, x);
        dy.multiply(dy, s).scale(dy, inputFactor);
        dy.store(context.dense("dx", inputGradient), 2L * row);
      }
      ds.store(context.gradient("scale"), 0);
      return inputGradient;
    }
  }
}
