package org.rondoml.core.spi;

import java.util.Optional;
import java.util.OptionalInt;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;

/** A figure logged beside the loss, gathered over the batches of an epoch. */
@Kind(value = "metric", keepsName = true)
public interface Metric extends Gathering {
  /** The name in the history: {@code accuracy}. */
  String name();

  /**
   * Whether the model file gives no name, so that Keras numbers those of a class: {@code
   * precision}, {@code precision_1}.
   */
  default boolean isNumbered() {
    return false;
  }

  /**
   * The metric to use for an output and a loss; most return themselves, {@code accuracy} chooses by
   * them.
   *
   * @param target the shape of a target
   * @param output the shape of an output
   * @throws ShapeMismatchException where the shapes don't fit
   */
  default Metric resolve(Shape target, Shape output, Loss loss) {
    return this;
  }

  /**
   * How many figures this gives for outputs of a shape, where it gives several, such as one for
   * each class. The log calls them {@code f1_score[0]}, {@code f1_score[1]}, ...: what Keras' users
   * write for an element of the array that Keras logs. Empty where it gives one.
   *
   * @throws ShapeMismatchException where the shape doesn't tell
   */
  default OptionalInt figures(Shape output) {
    return OptionalInt.empty();
  }

  /** What the vectors hold that a state is given; not {@link Scope#BATCH}. */
  default Scope scope() {
    return Scope.ROW;
  }

  /** The axis that rows lie along, as {@link Loss#rowAxis}. */
  default int rowAxis() {
    return -1;
  }

  /** Whether masked steps are left out. */
  default boolean heedsMask() {
    return true;
  }

  /** This metric for a batch whose {@linkplain #gather sums} are known; its states go together. */
  default Metric given(double[] sums) {
    return this;
  }

  /** This metric in terms of what went into the output's activation, where it has such a form. */
  default Optional<Metric> fromLogits(Activation.Link link) {
    return Optional.empty();
  }

  /** A state for the start of an epoch. */
  State start();

  /** What has been gathered so far. */
  interface State {
    /**
     * Adds one row of targets and outputs (along the last axis) with its weight; or a sample, as
     * {@link Metric#scope} has it.
     */
    void add(Vec target, Vec output, double weight);

    /** The same where nothing is weighted or masked: a weight of 1. */
    default void add(Vec target, Vec output) {
      add(target, output, 1);
    }

    /** Adds what another state of the same metric has gathered. */
    void add(State other);

    /** The figure; of several their mean. */
    double result();

    /** All {@linkplain Metric#figures figures}. */
    default double[] results() {
      return new double[] {result()};
    }

    /** What has been gathered, as numbers, for a checkpoint. */
    double[] snapshot();

    /** Goes on from what {@link #snapshot} gave. */
    void restore(double[] snapshot);
  }

  /** Brings a metric. */
  interface Provider<C extends Record> extends ComponentProvider<C, Metric> {
    @Override
    default Class<Metric> kind() {
      return Metric.class;
    }
  }
}
