package org.rondoml.standard.metrics;

import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.DataException;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.losses.TargetShape;

/**
 * The harmonic mean of precision p and recall r, in which recall counts beta times as much:
 *
 * <pre>
 * value = (1 + beta²) p r / (beta² p + r)
 * </pre>
 *
 * <p>for each class, or for the mean of them as {@link Average} has it. What is taken for positive
 * in a row is what lies above the threshold, or without one the largest output. Nothing is divided
 * by 0: keras3 adds 1e-7 to what it divides by.
 *
 * <p>Source: {@code FBetaScore} in {@code keras/src/metrics/f_score_metrics.py}.
 */
final class FScore implements Metric {
  private static final double EPSILON = 1e-7;
  private static final double ALMOST_ZERO = 1e-9;

  private final String name;
  private final @Nullable Average average;
  private final double beta;
  private final @Nullable Double threshold;
  private final Semantics semantics;
  private final int classes;

  /** How the scores of the classes become one. */
  public enum Average {
    /** All classes are counted together. */
    MICRO,
    /** The mean of the classes' scores. */
    MACRO,
    /** The mean of the classes' scores, with the number of their targets as weights. */
    WEIGHTED,
    /** Not at all. */
    NONE
  }

  FScore(
      String name,
      @Nullable Average average,
      double beta,
      @Nullable Double threshold,
      Semantics semantics) {
    this(name, average, beta, threshold, semantics, 0);
  }

  private FScore(
      String name,
      @Nullable Average average,
      double beta,
      @Nullable Double threshold,
      Semantics semantics,
      int classes) {
    this.name = name;
    this.average = average == Average.NONE ? null : average;
    this.beta = beta;
    this.threshold = threshold;
    this.semantics = semantics;
    this.classes = classes;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public OptionalInt figures(Shape output) {
    if (average != null || output.rank() != 1) {
      return OptionalInt.empty();
    }
    if (output.dimension(-1) == Shape.UNKNOWN) {
      throw new ShapeMismatchException(
          name
              + " has a score for each class, but their number isn't known from outputs of shape "
              + output
              + ": write average: macro, micro or weighted");
    }
    return OptionalInt.of(Math.toIntExact(output.dimension(-1)));
  }

  @Override
  public Metric resolve(Shape target, Shape output, Loss loss) {
    TargetShape.checkElementWise(name, target, output);
    if (output.rank() != 1 || (target.rank() != 1 && semantics == Semantics.KERAS3)) {
      throw new ShapeMismatchException(
          name
              + " takes one row of classes a sample; found targets of shape "
              + target
              + " and outputs of shape "
              + output);
    }
    int last = Math.toIntExact(output.dimension(-1));
    return new FScore(name, average, beta, threshold, semantics, last);
  }

  @Override
  public State start() {
    return new Scores();
  }

  private double divide(double part, double whole) {
    if (semantics == Semantics.KERAS3) {
      return part / (whole + EPSILON);
    }
    return whole == 0 ? 0 : part / whole;
  }

  private double score(double tp, double fp, double fn) {
    double p = divide(tp, tp + fp);
    double r = divide(tp, tp + fn);
    return divide(p * r, beta * beta * p + r) * (1 + beta * beta);
  }

  /** Counts of each class, one kind after the other. */
  private final class Scores implements State {
    private static final int TP = 0;
    private static final int FP = 1;
    private static final int FN = 2;
    private static final int TARGETS = 3;

    private final double[] counts = new double[4 * classes];

    @Override
    public void add(Vec target, Vec output, double weight) {
      if (semantics != Semantics.KERAS3) {
        throw new DataException(
            name
                + " in semantics: "
                + semantics
                + " multiplies each sample by the weights of all, so it can't be a weighted metric:"
                + " list it under metrics");
      }
      count(target, output, weight);
    }

    @Override
    public void add(Vec target, Vec output) {
      count(target, output, 1);
    }

    private void count(Vec target, Vec output, double weight) {
      double least = threshold == null ? output.max() : Rounded.like(output, threshold);
      for (int k = 0; k < classes; k++) {
        double y = output.get(k);
        boolean taken = threshold == null ? y >= least && Math.abs(y) > ALMOST_ZERO : y > least;
        double t = target.get(k);
        add(TP, k, taken ? weight * t : 0);
        add(FP, k, taken ? weight * (1 - t) : 0);
        add(FN, k, taken ? 0 : weight * t);
        add(TARGETS, k, weight * t);
      }
    }

    private void add(int kind, int k, double count) {
      counts[kind * classes + k] += count;
    }

    private double count(int kind, int k) {
      return counts[kind * classes + k];
    }

    private double total(int kind) {
      double total = 0;
      for (int k = 0; k < classes; k++) {
        total += count(kind, k);
      }
      return total;
    }

    @Override
    public void add(State other) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] += ((Scores) other).counts[i];
      }
    }

    @Override
    public double result() {
      if (average == Average.MICRO) {
        return score(total(TP), total(FP), total(FN));
      }
      double sum = 0;
      for (int k = 0; k < classes; k++) {
        double share =
            average == Average.WEIGHTED ? divide(count(TARGETS, k), total(TARGETS)) : 1.0 / classes;
        sum += share * ofClass(k);
      }
      return sum;
    }

    private double ofClass(int k) {
      return score(count(TP, k), count(FP, k), count(FN, k));
    }

    @Override
    public double[] results() {
      return average == null
          ? IntStream.range(0, classes).mapToDouble(this::ofClass).toArray()
          : new double[] {result()};
    }

    @Override
    public double[] snapshot() {
      return counts.clone();
    }

    @Override
    public void restore(double[] snapshot) {
      System.arraycopy(snapshot, 0, counts, 0, counts.length);
    }
  }
}
