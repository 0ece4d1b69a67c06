package org.rondoml.standard.losses;

import org.rondoml.api.Shape;
import org.rondoml.core.spi.ShapeMismatchException;

/** How the shape of a target fits that of an output. */
public final class TargetShape {
  private TargetShape() {}

  /**
   * Whether there is a target for each element of the output; a last axis of size 1 that one of the
   * two has may be left out of the other.
   */
  public static boolean isElementWise(Shape target, Shape output) {
    return output.accepts(target)
        || (isSingle(output) && output.withoutLast().accepts(target))
        || (isSingle(target) && output.accepts(target.withoutLast()));
  }

  /**
   * Whether there is a class number for each row of the output; it may have a last axis of size 1
   * of its own.
   */
  public static boolean isClassNumbers(Shape target, Shape output) {
    return output.rank() > 0
        && (output.withoutLast().accepts(target) || output.withLast(1).accepts(target));
  }

  /** Whether the last axis has size 1. */
  public static boolean isSingle(Shape shape) {
    return shape.rank() > 0 && shape.dimension(-1) == 1;
  }

  /** Checks that there is a one-hot row of targets for each row of the output. */
  static void checkOneHot(String loss, Shape target, Shape output) {
    checkSeveralClasses(loss, output);
    checkElementWise(loss, target, output);
  }

  /** Checks that the output is more than a single unit. */
  static void checkSeveralClasses(String loss, Shape output) {
    if (isSingle(output)) {
      throw new ShapeMismatchException(
          loss
              + " compares probabilities of several classes, but the output has a single unit (shape "
              + output
              + "): use binary_crossentropy, or as many units as there are classes");
    }
  }

  /** Checks that there is a class number for each row of the output. */
  public static void checkClassNumbers(String loss, Shape target, Shape output) {
    checkSeveralClasses(loss, output);
    if (isClassNumbers(target, output)) {
      return;
    }
    String cure =
        isElementWise(target, output)
            ? "one-hot targets go with categorical_crossentropy"
            : "the data needs one class number for each row of the output";
    throw new ShapeMismatchException(
        loss
            + " takes class numbers; found targets of shape "
            + target
            + " and outputs of shape "
            + output
            + ": "
            + cure);
  }

  /** Checks that there is a target for each element of the output. */
  public static void checkElementWise(String loss, Shape target, Shape output) {
    if (isElementWise(target, output)) {
      return;
    }
    String cure =
        isClassNumbers(target, output)
            ? "class numbers go with sparse_categorical_crossentropy, or become rows of "
                + output.dimension(-1)
                + " by the transform one_hot; other numbers need a last layer with a single unit"
            : "the last layer has to put out what the data has, or the data be brought to shape "
                + output;
    throw new ShapeMismatchException(
        loss
            + " compares each element of the output with one of the target; found targets of shape "
            + target
            + " and outputs of shape "
            + output
            + ": "
            + cure);
  }
}
