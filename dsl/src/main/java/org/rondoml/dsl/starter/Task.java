package org.rondoml.dsl.starter;

import java.util.List;
import org.rondoml.core.spi.ColumnDescription;
import org.rondoml.core.spi.ColumnDescription.Content;

/**
 * What is to be predicted, and what follows from that for the last layer and the loss.
 *
 * @param kind how messages call it
 * @param units of the last layer
 * @param activation of the last layer, or empty for none
 * @param loss the loss
 * @param metric the metric that people read
 */
record Task(Kind kind, int units, String activation, String loss, String metric) {
  /** The kinds of tasks. */
  enum Kind {
    /** Yes or no. */
    BINARY,
    /** One of several classes. */
    CLASSES,
    /** Numbers. */
    NUMBERS
  }

  /** The task of predicting columns. */
  static Task of(List<ColumnDescription> targets) {
    ColumnDescription first = targets.get(0);
    boolean digits = first.whole() && first.least() == 0 && first.greatest() == 1;
    boolean words = first.content() == Content.CATEGORY;
    if (targets.size() == 1
        && (first.content() == Content.BOOLEAN
            || digits
            || (words && first.classes().size() == 2))) {
      return new Task(Kind.BINARY, 1, "sigmoid", "binary_crossentropy", "accuracy");
    }
    if (words) {
      return new Task(
          Kind.CLASSES,
          first.classes().size(),
          "softmax",
          "sparse_categorical_crossentropy",
          "accuracy");
    }
    return new Task(Kind.NUMBERS, targets.size(), "", "mse", "mae");
  }

  /** The last layer in YAML. */
  String layer() {
    String function = activation.isEmpty() ? "" : ", activation: " + activation;
    return "Dense: {units: " + units + function + "}";
  }
}
