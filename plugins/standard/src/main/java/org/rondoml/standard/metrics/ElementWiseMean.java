package org.rondoml.standard.metrics;

import org.rondoml.api.Shape;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.losses.TargetShape;

/** A mean over rows that compares each element of the output with one of the target. */
abstract class ElementWiseMean extends MeanOverRows {
  private final String kerasName;

  /**
   * A metric of a name.
   *
   * @param kerasName Keras' own name of it, for messages
   */
  ElementWiseMean(String name, String kerasName) {
    super(name);
    this.kerasName = kerasName;
  }

  @Override
  public final Metric resolve(Shape target, Shape output, Loss loss) {
    if (!TargetShape.isElementWise(target, output)) {
      throw new ShapeMismatchException(
          kerasName
              + " compares each element of the output with one of the target; found targets of"
              + " shape "
              + target
              + " and outputs of shape "
              + output);
    }
    return this;
  }
}
