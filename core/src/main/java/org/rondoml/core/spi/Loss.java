package org.rondoml.core.spi;

import org.rondoml.api.DataException;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;

/**
 * A loss: a number for each row of the output, where a row is a vector along the last axis. The
 * engine takes the mean over rows (Keras' sum_over_batch_size) or reduces them {@linkplain
 * Reduction otherwise}, with sample weights and masks where given.
 *
 * <p>A loss that needs to see more than a row says so by its {@link #scope}; one that needs to know
 * the whole batch, by {@link #sums}.
 */
@Kind(value = "loss", arguments = LossArguments.class)
public interface Loss extends Gathering {
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
   * What is doubtful about this loss for outputs that come of an activation, with the cure; the
   * model can be trained all the same, and the user is warned. Such as a softmax before a mean of
   * squares.
   *
   * @param activation the {@linkplain Layer#outputActivation activation} of the output
   */
  default java.util.Optional<String> doubt(Activation activation) {
    return java.util.Optional.empty();
  }

  /**
   * The length of a target's row for an output's row of a length: 1 for class numbers, the same for
   * most.
   */
  default int targetLength(int outputLength) {
    return outputLength;
  }

  /** What the vectors hold that this is given. */
  default Scope scope() {
    return Scope.ROW;
  }

  /**
   * The axis that rows lie along, counted from the end of the shape in which targets and outputs
   * are {@linkplain SideBySide laid side by side}: -1 for the last. Targets have a row for each of
   * the output's, of the same length, where it is another.
   */
  default int rowAxis() {
    return -1;
  }

  /** Whether there are targets that it {@linkplain #ignores ignores}. */
  default boolean mayIgnore() {
    return false;
  }

  /** Whether a row doesn't count, as if it were masked. */
  default boolean ignores(Vec target) {
    return false;
  }

  /** This loss for a batch whose {@linkplain #gather sums} are known. */
  default Loss given(double[] sums) {
    return this;
  }

  /**
   * Checks one row of targets, before training. Only rows that count are checked: one number a
   * sample, without weights or masks.
   *
   * @param outputLength the length of the output's row
   * @throws DataException where it can't be a target
   */
  default void checkTarget(Vec target, int outputLength) {}

  /** The loss of one row; in the scope of a batch, of the batch. */
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

  /**
   * Whether this takes outputs for logits of classes, which a softmax makes probabilities of; false
   * where it takes them for the probabilities, or for something else.
   */
  default boolean takesClassLogits() {
    return false;
  }

  /** Brings a loss. */
  interface Provider<C extends Record> extends ComponentProvider<C, Loss> {
    @Override
    default Class<Loss> kind() {
      return Loss.class;
    }
  }
}
