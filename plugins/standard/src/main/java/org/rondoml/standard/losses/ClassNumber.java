package org.rondoml.standard.losses;

import org.rondoml.api.DataException;

/** The number of a class, as data has it. */
final class ClassNumber {
  private ClassNumber() {}

  /**
   * A label as the number of one of the classes.
   *
   * @throws DataException where it is none
   */
  static int of(double label, int classes) {
    requireOneOf(label, classes);
    return (int) label;
  }

  /**
   * Checks that a label is the number of one of the classes.
   *
   * @throws DataException where it is none
   */
  static void requireOneOf(double label, int classes) {
    if (!(label >= 0 && label < classes && label == Math.rint(label))) {
      throw new DataException(
          "label "
              + (label == Math.rint(label) ? Long.toString((long) label) : Double.toString(label))
              + " is none of the class numbers 0 to "
              + (classes - 1)
              + " of an output with "
              + classes
              + " units: number the classes from 0, and give the last layer a unit for each");
    }
  }
}
