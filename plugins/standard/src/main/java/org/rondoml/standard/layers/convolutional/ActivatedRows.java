package org.rondoml.standard.layers.convolutional;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.LayerContext;

/**
 * An activation along the last axis: y = activation(z), dz = dy · activation'(z). z is kept where
 * its gradient needs it, or the loss may; else y lies where z was.
 */
final class ActivatedRows {
  /** The elements at once of an activation that minds no rows: few enough for the fastest cache. */
  private static final long AT_ONCE = 2048;

  private final Activation activation;
  private final boolean keepsZ;
  private final Memory z;
  private final Memory y;
  private final Vec zRow;
  private final Vec yRow;
  private final Vec dyRow;
  private final Vec dzRow;

  /**
   * Rows with memory of their own, row-major.
   *
   * @param shape the shape of z and y
   */
  ActivatedRows(LayerContext context, Activation activation, long... shape) {
    this.activation = activation;
    keepsZ = keepsZ(activation);
    z = Memory.of(context.scratch(keepsZ ? LayerContext.LOGITS : "y", shape));
    y = keepsZ ? Memory.of(context.scratch("y", shape)) : z;
    int length = rowLength(activation, shape);
    zRow = context.window("z", length);
    yRow = context.window("y", length);
    dyRow = context.window("dy", length);
    dzRow = context.window("dz", length);
  }

  /** The last axis, or more of the axes where the activation has a formula for each element. */
  private static int rowLength(Activation activation, long... shape) {
    int axis = shape.length - 1;
    long length = shape[axis];
    while (activation.curve().isPresent() && axis > 0 && length * shape[axis - 1] <= AT_ONCE) {
      axis--;
      length *= shape[axis];
    }
    return Math.toIntExact(length);
  }

  /** Whether z is kept beside y. */
  static boolean keepsZ(Activation activation) {
    return activation.gradientNeedsInput() || activation.link() != Activation.Link.OTHER;
  }

  /** Where z is to be written before {@link #forward}. */
  Memory z() {
    return z;
  }

  /** Computes y. */
  INDArray forward() {
    if (activation.isIdentity()) {
      return y.array();
    }
    int length = yRow.length();
    for (long at = 0; at < y.length(); at += length) {
      if (keepsZ) {
        zRow.reads(z, at);
        yRow.writes(y, at);
        activation.forward(zRow, yRow);
      } else {
        yRow.updates(y, at);
        activation.forward(yRow, yRow);
      }
      yRow.done();
    }
    return y.array();
  }

  /** Computes dz, which is dy where the activation changes nothing. */
  Memory backward(LayerContext context, Memory dy) {
    if (activation.isIdentity()) {
      return dy;
    }
    Memory dz = context.dense("dz", context.scratch("dz", y.array().shape()));
    int length = yRow.length();
    for (long at = 0; at < y.length(); at += length) {
      if (activation.gradientNeedsInput()) {
        zRow.reads(z, at);
      }
      yRow.reads(y, at);
      dyRow.reads(dy, at);
      dzRow.writes(dz, at);
      activation.backward(zRow, yRow, dyRow, dzRow);
      dzRow.done();
    }
    return dz;
  }
}
