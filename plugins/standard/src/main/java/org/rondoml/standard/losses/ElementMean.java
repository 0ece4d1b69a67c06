package org.rondoml.standard.losses;

import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Loss;

/** A loss that is the mean of a function of each target and its output. */
abstract class ElementMean implements Loss {
  private final String name;

  /**
   * A loss.
   *
   * @param name Keras' name of it, for messages
   */
  ElementMean(String name) {
    this.name = name;
  }

  /** The loss of one element. */
  abstract double value(double t, double y);

  /** d value / d y. */
  abstract double slope(double t, double y);

  @Override
  public final void check(Shape target, Shape output) {
    TargetShape.checkElementWise(name, target, output);
  }

  @Override
  public final double value(Vec target, Vec output) {
    double sum = 0;
    for (int k = 0; k < output.length(); k++) {
      sum += value(target.get(k), output.get(k));
    }
    return sum / output.length();
  }

  @Override
  public final void gradient(Vec target, Vec output, Vec gradient) {
    int n = output.length();
    for (int k = 0; k < n; k++) {
      gradient.set(k, slope(target.get(k), output.get(k)) / n);
    }
  }
}
