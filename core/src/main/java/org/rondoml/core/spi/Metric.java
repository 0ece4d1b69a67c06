package org.rondoml.core.spi;

import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;

/** A figure logged beside the loss, gathered over the batches of an epoch. */
@Kind(value = "metric", keepsName = true)
public interface Metric {
  /** The name in the history: {@code accuracy}. */
  String name();

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

  /** A state for the start of an epoch. */
  State start();

  /** What has been gathered so far. */
  interface State {
    /**
     * Adds one row of targets and outputs (along the last axis) with its weight, 1 unless samples
     * are weighted.
     */
    void add(Vec target, Vec output, double weight);

    /** Adds what another state of the same metric has gathered. */
    void add(State other);

    /** The figure. */
    double result();

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
