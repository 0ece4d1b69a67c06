package org.rondoml.standard.losses;

import java.util.Optional;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.core.spi.SideBySide;

/** A loss of rows along another axis than the last. */
final class AlongAxis implements Loss {
  private final Loss loss;
  private final int rowAxis;

  private AlongAxis(Loss loss, int rowAxis) {
    this.loss = loss;
    this.rowAxis = rowAxis;
  }

  /**
   * A loss along an axis: itself for the last one.
   *
   * @param name Keras' name of the loss, for messages
   * @param axis the axis, the samples' being 0; a negative one counts from the end
   * @throws ShapeMismatchException where there is no such axis, or it is that of the samples
   */
  static Loss of(Loss loss, String name, int axis, Shape target, Shape output) {
    int rank = SideBySide.of(target, output).shape().rank();
    int fromEnd = axis < 0 ? axis : axis - rank - 1;
    if (fromEnd == -1) {
      return loss;
    }
    if (axis == 0 || fromEnd >= 0 || fromEnd < -rank) {
      throw new ShapeMismatchException(
          name
              + " along axis "
              + axis
              + ": expected one of "
              + (rank == 1 ? "1" : "1 to " + rank)
              + " (or -1 for the last) of outputs of shape "
              + output
              + ", the samples' axis being 0");
    }
    return new AlongAxis(loss, fromEnd);
  }

  @Override
  public int rowAxis() {
    return rowAxis;
  }

  @Override
  public void check(Shape target, Shape output) {
    loss.check(target, output);
  }

  @Override
  public double value(Vec target, Vec output) {
    return loss.value(target, output);
  }

  @Override
  public void gradient(Vec target, Vec output, Vec gradient) {
    loss.gradient(target, output, gradient);
  }

  @Override
  public Optional<Loss> fromLogits(Activation.Link link) {
    return loss.fromLogits(link).map(ofLogits -> new AlongAxis(ofLogits, rowAxis));
  }
}
