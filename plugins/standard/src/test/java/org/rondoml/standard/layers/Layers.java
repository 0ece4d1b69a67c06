package org.rondoml.standard.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.api.RondoException;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.tck.ReferenceKernels;

/** Layers as a model file makes them, with their defaults, and what tests ask of them. */
public final class Layers {
  private static final Registry REGISTRY = Registry.load(Layers.class.getClassLoader());

  private Layers() {}

  /** A layer with the defaults of Keras 3. */
  public static Layer of(String id, Map<String, ?> keys) {
    return of(id, keys, Semantics.KERAS3);
  }

  /** A layer with the defaults of a generation. */
  public static Layer of(String id, Map<String, ?> keys, Semantics semantics) {
    return REGISTRY.create(Layer.class, id, keys, semantics);
  }

  /** Checks that keys are refused with a message. */
  public static void assertRefused(String message, String id, Map<String, ?> keys) {
    RondoException refusal = assertThrows(RondoException.class, () -> of(id, keys));
    assertEquals(message, String.valueOf(refusal.getMessage()).replaceFirst("^[^:]*: ", ""));
  }

  /** Checks that a layer refuses inputs of a shape with a message. */
  public static void assertRefused(String message, Layer layer, Shape input) {
    assertEquals(
        message,
        assertThrows(ShapeMismatchException.class, () -> layer.outputShapes(List.of(input)))
            .getMessage());
  }

  /** A layer with memory for inputs like an array. */
  public static LayerRunner runner(Layer layer, INDArray x) {
    long[] shape = x.shape();
    Shape sample = Shape.of(java.util.Arrays.copyOfRange(shape, 1, shape.length));
    return new LayerRunner(
        layer, List.of(sample), (int) shape[0], Precision.FLOAT64, new ReferenceKernels(), 1);
  }

  /** An array with the values 0, step, 2 step, ..., row-major, starting again at 7 steps. */
  public static INDArray ramp(double step, long... shape) {
    INDArray array = Nd4j.create(Precision.FLOAT64.dataType(), shape);
    for (int i = 0; i < array.length(); i++) {
      array.putScalar(i, step * (i % 7));
    }
    return array;
  }

  /**
   * Checks a layer without parameters.
   *
   * @param y the output for x, row-major
   * @param dx the gradient of x where that of the output's elements is 1, 2, 3, ...
   */
  public static void assertComputes(Layer layer, INDArray x, double[] y, double... dx) {
    LayerRunner runner = runner(layer, x);
    INDArray output = runner.forward(List.of(x), true, 0).get(0);
    assertValues(output, y);
    INDArray dy = output.ulike();
    for (int i = 0; i < dy.length(); i++) {
      dy.putScalar(i, 1 + i);
    }
    assertValues(runner.backward(List.of(dy)).inputs().get(0), dx);
  }

  /** Checks an array's values, row-major. */
  public static void assertValues(INDArray found, double... expected) {
    assertArrayEquals(expected, found.dup('c').data().asDouble(), 1e-12);
  }
}
