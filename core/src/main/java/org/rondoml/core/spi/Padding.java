package org.rondoml.core.spi;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Which steps of samples were put there to make all sequences equally long: those before a sample's
 * own steps, and those after them. Arrays of shape (samples, steps, ...), with at least three axes,
 * have such steps; arrays of fewer axes have one value a sample.
 *
 * <p>Losses and metrics leave these steps out, and so does what transforms learn. Layers see them,
 * and know them by their value: {@code Masking} with the {@code mask_value} that {@link #value}
 * tells.
 *
 * <p>Immutable.
 */
public final class Padding {
  private final int steps;
  private final double value;
  private final int[] firsts;
  private final int[] lengths;

  private Padding(int steps, double value, int[] firsts, int[] lengths) {
    this.steps = steps;
    this.value = value;
    this.firsts = firsts;
    this.lengths = lengths;
  }

  /**
   * Padded sequences.
   *
   * @param steps the steps of a sample, with those that were put there
   * @param value what all features of those steps are
   * @param firsts the number of each sample's own first step, from 0
   * @param lengths how many steps each sample has of its own
   * @throws IllegalArgumentException where a sample's steps are not among all
   */
  public static Padding of(int steps, double value, int[] firsts, int[] lengths) {
    if (firsts.length != lengths.length) {
      throw new IllegalArgumentException(
          "found the first steps of "
              + firsts.length
              + " samples, and the lengths of "
              + lengths.length);
    }
    for (int i = 0; i < firsts.length; i++) {
      if (firsts[i] < 0 || lengths[i] < 1 || firsts[i] + lengths[i] > steps) {
        throw new IllegalArgumentException(
            "sample "
                + i
                + " has "
                + lengths[i]
                + " steps from step "
                + firsts[i]
                + " on, expected them among the steps 0 to "
                + (steps - 1));
      }
    }
    return new Padding(steps, value, firsts.clone(), lengths.clone());
  }

  /** The number of samples. */
  public int samples() {
    return firsts.length;
  }

  /** The steps of a sample, with those that were put there. */
  public int steps() {
    return steps;
  }

  /** What all features of a step are that was put there. */
  public double value() {
    return value;
  }

  /** Whether a step was put there. */
  public boolean isPadding(int sample, int step) {
    return step < firsts[sample] || step >= firsts[sample] + lengths[sample];
  }

  /**
   * Whether an array has such steps: its shape is (samples, steps, ...), with three axes or more.
   */
  public boolean appliesTo(INDArray array) {
    return array.rank() > 2 && array.size(0) == samples() && array.size(1) == steps;
  }

  /** How many steps of all samples are their own. */
  public long countOwn() {
    return Arrays.stream(lengths).asLongStream().sum();
  }

  /** The padding of the samples from one to before another. */
  public Padding samples(int from, int to) {
    return new Padding(
        steps, value, Arrays.copyOfRange(firsts, from, to), Arrays.copyOfRange(lengths, from, to));
  }

  /** The padding of some samples, in an order. */
  public Padding samples(int[] order) {
    return new Padding(
        steps,
        value,
        Arrays.stream(order).map(i -> firsts[i]).toArray(),
        Arrays.stream(order).map(i -> lengths[i]).toArray());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Padding padding
        && steps == padding.steps
        && value == padding.value
        && Arrays.equals(firsts, padding.firsts)
        && Arrays.equals(lengths, padding.lengths);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(firsts) + Arrays.hashCode(lengths);
  }

  @Override
  public String toString() {
    return samples() + " samples of " + steps + " steps, " + countOwn() + " of them their own";
  }
}
