package org.rondoml.standard.layers.attention;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Product;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.LayerContext;

/**
 * A matrix that the rows of an input are multiplied by, and a bias: parameters that may have more
 * axes, which are joined into the matrix' rows and columns.
 *
 * <pre>
 * z  = x W + b
 * dW = xᵀ dz,  db = sum of dz over rows,  dx = dz Wᵀ
 * </pre>
 */
final class Projection {
  private final LayerContext context;
  private final String name;
  private final boolean hasBias;
  private final int columns;
  private final Memory z;
  private final Product product;
  private final Product toKernel;
  private final Product toInput;
  private @Nullable Memory x;

  /**
   * A projection.
   *
   * @param name what its parameters' names begin with
   * @param rows the rows of the input
   * @param length their length
   * @param columns the length of a row of z
   */
  Projection(
      LayerContext context, String name, boolean hasBias, int rows, int length, int columns) {
    this.context = context;
    this.name = name;
    this.hasBias = hasBias;
    this.columns = columns;
    z = context.dense(name, context.scratch(name, rows, columns));
    product =
        context.product(new Gemm(context.precision(), rows, columns, length, false, false, false));
    toKernel =
        context.product(new Gemm(context.precision(), length, columns, rows, true, false, true));
    toInput =
        context.product(new Gemm(context.precision(), rows, length, columns, false, true, false));
  }

  static String kernel(String name) {
    return name + "/kernel";
  }

  static String bias(String name) {
    return name + "/bias";
  }

  /** The array of z, of shape (rows, columns): the same in every pass. */
  INDArray result() {
    return z.array();
  }

  /** Computes z. */
  Memory forward(Memory input) {
    x = input;
    product.run(input, 0, context.parameter(kernel(name)), 0, z, 0);
    if (hasBias) {
      Vec b = context.vec(bias(name), columns).load(context.parameter(bias(name)), 0);
      Vec row = context.window(name, columns);
      for (long at = 0; at < z.length(); at += columns) {
        row.updates(z, at);
        row.add(row, b).done();
      }
    }
    return z;
  }

  /** Adds the parameters' gradients. */
  void addGradients(Memory dz) {
    Memory input = x;
    if (input == null) {
      throw new IllegalStateException("backward before forward");
    }
    toKernel.run(input, 0, dz, 0, context.gradient(kernel(name)), 0);
    if (hasBias) {
      Memory gradient = context.gradient(bias(name));
      Vec sum = context.vec("d" + bias(name), columns).load(gradient, 0);
      Vec row = context.window("d" + name, columns);
      for (long at = 0; at < dz.length(); at += columns) {
        sum.add(sum, row.reads(dz, at));
      }
      sum.store(gradient, 0);
    }
  }

  /** The gradient of an input that has the shape and the order of axes of an array. */
  INDArray inputGradient(Memory dz, INDArray like) {
    INDArray gradient = context.scratchLike("dx of " + name, like);
    Memory dx = context.dense("dx of " + name, gradient);
    toInput.run(dz, 0, context.parameter(kernel(name)), 0, dx, 0);
    return gradient;
  }
}
