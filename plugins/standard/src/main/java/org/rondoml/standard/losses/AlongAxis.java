package org.rondoml.standard.losses;

import java.util.Optional;
import org.rondoml.api.Precision;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Scope;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.core.spi.SideBySide;

/**
 * A loss of rows along another axis than the last: the mean of the losses of all such rows of a
 * sample.
 */
final class AlongAxis implements Loss {
  private final Loss loss;
  private final int outer;
  private final int length;
  private final int inner;

  private AlongAxis(Loss loss, int outer, int length, int inner) {
    this.loss = loss;
    this.outer = outer;
    this.length = length;
    this.inner = inner;
  }

  /**
   * A loss along an axis: itself for the last one.
   *
   * @param name Keras' name of the loss, for messages
   * @param axis the axis, the samples' being 0; a negative one counts from the end
   * @throws ShapeMismatchException where there is no such axis, or it is that of the samples
   */
  static Loss of(Loss loss, String name, int axis, Shape target, Shape output) {
    Shape shape = SideBySide.of(target, output).shape();
    int place = axis < 0 ? shape.rank() + axis : axis - 1;
    if (place == shape.rank() - 1) {
      return loss;
    }
    if (place < 0 || place >= shape.rank()) {
      throw new ShapeMismatchException(
          name
              + " along axis "
              + axis
              + ": expected one of "
              + (shape.rank() == 1 ? "1" : "1 to " + shape.rank())
              + " (or -1 for the last) of outputs of shape "
              + output
              + ", the samples' axis being 0");
    }
    int before = size(shape, 0, place);
    int after = size(shape, place + 1, shape.rank());
    return new AlongAxis(loss, before, (int) shape.dimension(place), after);
  }

  private static int size(Shape shape, int from, int to) {
    return (int) new Shape(shape.dimensions().subList(from, to)).size();
  }

  @Override
  public void check(Shape target, Shape output) {
    loss.check(target, output);
  }

  @Override
  public Scope scope() {
    return Scope.SAMPLE;
  }

  @Override
  public double value(Vec target, Vec output) {
    Vec t = Vec.zeros(output.precision(), length);
    Vec y = Vec.zeros(output.precision(), length);
    double sum = 0;
    for (int row = 0; row < outer * inner; row++) {
      load(target, row, t);
      load(output, row, y);
      sum += loss.value(t, y);
    }
    return sum / (outer * inner);
  }

  @Override
  public void gradient(Vec target, Vec output, Vec gradient) {
    Precision precision = output.precision();
    Vec t = Vec.zeros(precision, length);
    Vec y = Vec.zeros(precision, length);
    Vec g = Vec.zeros(precision, length);
    for (int row = 0; row < outer * inner; row++) {
      load(target, row, t);
      load(output, row, y);
      loss.gradient(t, y, g);
      for (int k = 0; k < length; k++) {
        gradient.set(place(row, k), g.get(k) / (outer * inner));
      }
    }
  }

  private void load(Vec sample, int row, Vec into) {
    for (int k = 0; k < length; k++) {
      into.set(k, sample.get(place(row, k)));
    }
  }

  private int place(int row, int k) {
    return (row / inner * length + k) * inner + row % inner;
  }

  @Override
  public Optional<Loss> fromLogits(Activation.Link link) {
    return loss.fromLogits(link).map(l -> new AlongAxis(l, outer, length, inner));
  }
}
