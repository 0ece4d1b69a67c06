package org.rondoml.standard.metrics;

import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Metric;

/**
 * A metric that is the weighted mean of a value of each row; 0 before the first row, as in Keras.
 */
public abstract class MeanOverRows implements Metric {
  private final String name;

  /** A metric of a name. */
  protected MeanOverRows(String name) {
    this.name = name;
  }

  @Override
  public final String name() {
    return name;
  }

  /** The value of one row. */
  protected abstract double value(Vec target, Vec output);

  /** Whether a row has no value. */
  protected boolean ignores(Vec target) {
    return false;
  }

  /** Whether rows without a value count as zeros where nothing is weighted. */
  protected boolean countsIgnored() {
    return false;
  }

  /** The figure for the mean. */
  protected double result(double mean) {
    return mean;
  }

  @Override
  public final State start() {
    return new Mean(this);
  }

  private static final class Mean implements State {
    private final MeanOverRows metric;
    private double sum;
    private double weights;

    private Mean(MeanOverRows metric) {
      this.metric = metric;
    }

    @Override
    public void add(Vec target, Vec output, double weight) {
      if (weight != 0 && !metric.ignores(target)) {
        sum += weight * metric.value(target, output);
        weights += weight;
      }
    }

    @Override
    public void add(Vec target, Vec output) {
      if (metric.countsIgnored() && metric.ignores(target)) {
        weights++;
      } else {
        add(target, output, 1);
      }
    }

    @Override
    public void add(State other) {
      Mean mean = (Mean) other;
      sum += mean.sum;
      weights += mean.weights;
    }

    @Override
    public double result() {
      return metric.result(weights == 0 ? 0 : sum / weights);
    }

    @Override
    public double[] snapshot() {
      return new double[] {sum, weights};
    }

    @Override
    public void restore(double[] snapshot) {
      sum = snapshot[0];
      weights = snapshot[1];
    }
  }
}
