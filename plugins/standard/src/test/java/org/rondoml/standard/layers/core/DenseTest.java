package org.rondoml.standard.layers.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.activations.Linear;
import org.rondoml.standard.activations.Silu;
import org.rondoml.standard.activations.Softmax;
import org.rondoml.standard.activations.Tanh;
import org.rondoml.standard.constraints.NonNeg;
import org.rondoml.standard.initializers.Ones;
import org.rondoml.standard.initializers.Zeros;
import org.rondoml.standard.regularizers.L1;
import org.rondoml.tck.LayerContract;
import org.rondoml.tck.ReferenceKernels;

class DenseTest {
  private static Dense dense(int units, Activation activation, boolean useBias) {
    return new Dense(
        new Dense.Config(
            units, activation, useBias, new Ones(), new Zeros(), null, null, null, null, null));
  }

  @Nested
  class OfVectors extends LayerContract {
    @Override
    protected Layer layer() {
      return dense(4, new Tanh(), true);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3));
    }
  }

  @Nested
  class OfSequencesWhoseActivationReadsItsInput extends LayerContract {
    @Override
    protected Layer layer() {
      return dense(2, new Silu(), true);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(4, 3));
    }
  }

  @Nested
  class OfHigherRankWithSoftmax extends LayerContract {
    @Override
    protected Layer layer() {
      return dense(3, new Softmax(), false);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(2, 2, 2));
    }
  }

  @Nested
  class Linearly extends LayerContract {
    @Override
    protected Layer layer() {
      return dense(1, new Linear(), true);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(2, 3));
    }
  }

  @Test
  void computesItsEquation() {
    LayerRunner runner =
        new LayerRunner(
            dense(2, new Linear(), true),
            List.of(Shape.of(3)),
            2,
            Precision.FLOAT64,
            new ReferenceKernels(),
            1);
    runner
        .parameter("kernel")
        .assign(Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}, {5, 6}}));
    runner.parameter("bias").assign(Nd4j.createFromArray(0.5, -1));
    INDArray x = Nd4j.createFromArray(new double[][] {{1, 0, 2}, {-1, 1, 0}});
    INDArray y = runner.forward(List.of(x), false, 0).get(0);
    assertArrayEquals(new double[] {11.5, 13, 2.5, 1}, y.data().asDouble(), 1e-15);
  }

  @Test
  void asksForItsPenaltiesAndConstraints() {
    L1 ofKernel = new L1(new L1.Config(0.1), Semantics.KERAS3);
    L1 ofBias = new L1(new L1.Config(0.2), Semantics.KERAS3);
    L1 ofOutput = new L1(new L1.Config(0.3), Semantics.KERAS3);
    NonNeg onKernel = new NonNeg();
    NonNeg onBias = new NonNeg();
    Dense dense =
        new Dense(
            new Dense.Config(
                2,
                new Tanh(),
                true,
                new Ones(),
                new Zeros(),
                ofKernel,
                ofBias,
                ofOutput,
                onKernel,
                onBias));
    List<ParameterSpec> parameters = dense.parameters(List.of(Shape.of(3)));
    assertSame(ofKernel, parameters.get(0).regularizer());
    assertSame(onKernel, parameters.get(0).constraint());
    assertSame(ofBias, parameters.get(1).regularizer());
    assertSame(onBias, parameters.get(1).constraint());
    assertSame(ofOutput, dense.activityRegularizer().orElseThrow());
    assertTrue(dense(2, new Tanh(), true).activityRegularizer().isEmpty());
  }

  @Test
  void countsItsCostForEachRow() {
    Cost cost = dense(5, new Tanh(), true).cost(List.of(Shape.of(7, 3)));
    assertEquals(2 * 7 * 3 * 5, cost.forwardFlops());
    assertEquals(2 * 7 * 5 + 7 * 3, cost.savedElements()); // y and dz, and dx
  }

  @Test
  void refusesAnUnknownLastDimension() {
    ShapeMismatchException error =
        assertThrows(
            ShapeMismatchException.class,
            () -> dense(5, new Tanh(), true).outputShape(Shape.of(3, Shape.UNKNOWN)));
    assertEquals(
        "Dense multiplies along the last axis and needs to know its size, found inputs of shape (3,"
            + " ?): give the Input a shape whose last size is a number, such as [784]",
        error.getMessage());
  }
}
