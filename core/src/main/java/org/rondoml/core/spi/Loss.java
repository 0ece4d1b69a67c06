package org.rondoml.core.spi;

import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;

/**
 * A loss: a number for each row of the output, where a row is a vector along the last axis. The
 * engine takes the mean over rows (Keras' sum_over_batch_size), with sample weights where given.
 */
@Kind("loss")
public interface Loss {
  /**
   * Checks that targets and outputs fit each other.
   *
   * @throws ShapeMismatchException where they don't, with the cure
   */
  void check(Shape target, Shape output);

  /**
   * The loss to use for targets and outputs of these shapes: mostly this one, once they are
   * checked.
   *
   * @throws ShapeMismatchException where they don't fit
   */
  default Loss resolve(Shape target, Shape output) {
    check(target, output);
    return this;
  }

  /**
   * The length of a target's row for an output's row of a length: 1 for class numbers, the same for
   * most.
   */
  default int targetLength(int outputLength) {
    return outputLength;
  }

  /** The loss of one row. */
  double value(Vec target, Vec output);

  /** gradient = d value / d output, for one row. */
  void gradient(Vec target, Vec output, Vec gradient);

  /**
   * This loss in terms of what went into the output's activation, where it has such a form:
   * cross-entropy after softmax is exact and cheap from the logits.
   */
  default java.util.Optional<Loss> fromLogits(Activation.Link link) {
    return java.util.Optional.empty();
  }

  /** Brings a loss. */
  interface Provider<C extends Record> extends ComponentProvider<C, Loss> {
    @Override
    default Class<Loss> kind() {
      return Loss.class;
    }
  }
}
