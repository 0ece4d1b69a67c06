package org.rondoml.standard.metrics;

import java.util.Arrays;
import java.util.List;
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
 * How far the samples of a class, and those taken for it, overlap: the mean over classes of
 *
 * <pre>
 * iou = tp / (tp + fp + fn)
 * </pre>
 *
 * <p>without those that are neither in the targets nor in the outputs. keras3 counts in whole
 * numbers (weights lose their fractions), leaves out numbers that are no class, counts masked
 * steps, and divides in single precision with 1e-7 added to what it divides by.
 *
 * <p>Source: {@code keras/src/metrics/iou_metrics.py}, {@code tf_keras/src/metrics/iou_metrics.py}.
 */
final class ClassOverlap extends Numbered {
  private static final float EPSILON = 1e-7f;

  private final Classes classes;
  private final Reading reading;
  private final Semantics semantics;

  /**
   * Which classes there are.
   *
   * @param count their number
   * @param wanted those of which the mean is taken
   * @param ignored the one whose samples don't count; null for none
   */
  record Classes(int count, List<Integer> wanted, @Nullable Integer ignored) {
    Classes {
      wanted = List.copyOf(wanted);
    }
  }

  /**
   * How rows tell of classes.
   *
   * @param name Keras' name of the metric, for messages
   * @param targetNumbers whether targets are numbers of classes; else rows with the largest at the
   *     class
   * @param outputNumbers the same of outputs
   * @param threshold outputs from there on are of class 1, others of class 0; null for none
   * @param axis the axis of the rows, which is the last
   */
  record Reading(
      String name,
      boolean targetNumbers,
      boolean outputNumbers,
      @Nullable Double threshold,
      int axis) {}

  ClassOverlap(@Nullable String given, Classes classes, Reading reading, Semantics semantics) {
    super(given, reading.name());
    this.classes = classes;
    this.reading = reading;
    this.semantics = semantics;
  }

  @Override
  public Metric resolve(Shape target, Shape output, Loss loss) {
    if (reading.targetNumbers() && !reading.outputNumbers()) {
      TargetShape.checkClassNumbers(reading.name(), target, output);
    } else if (reading.targetNumbers() || !reading.outputNumbers()) {
      TargetShape.checkElementWise(reading.name(), target, output);
    } else if (!TargetShape.isSingle(output)
        || !output.withoutLast().accepts(target.withoutLast())) {
      throw new ShapeMismatchException(
          reading.name()
              + " takes one-hot targets and one class number for each as output; found targets of"
              + " shape "
              + target
              + " and outputs of shape "
              + output);
    }
    if (reading.axis() != -1 && reading.axis() != output.rank()) {
      throw new ShapeMismatchException(
          reading.name() + " along axis " + reading.axis() + ": expected -1, the last axis");
    }
    return this;
  }

  @Override
  public boolean heedsMask() {
    return semantics != Semantics.KERAS3;
  }

  @Override
  public State start() {
    return new Matrix();
  }

  /** The samples of each class that are taken for each: those of class t taken for y at t, y. */
  private final class Matrix implements State {
    private final int n = classes.count();
    private final double[] cells = new double[n * n];

    @Override
    public void add(Vec target, Vec output, double weight) {
      int numbers = numbers(target, output);
      if (numbers > 1) {
        throw new DataException(
            reading.name()
                + " has "
                + numbers
                + " class numbers for each weight: leave it out of weighted_metrics");
      }
      count(target, output, semantics == Semantics.KERAS3 ? (long) weight : weight);
    }

    @Override
    public void add(Vec target, Vec output) {
      count(target, output, 1);
    }

    private int numbers(Vec target, Vec output) {
      return reading.outputNumbers()
          ? output.length()
          : reading.targetNumbers() ? target.length() : 1;
    }

    private void count(Vec target, Vec output, double weight) {
      int numbers = numbers(target, output);
      for (int k = 0; k < numbers; k++) {
        double t = reading.targetNumbers() ? target.get(k) : target.argMax();
        double y = reading.outputNumbers() ? number(output, k) : output.argMax();
        count(t, y, weight);
      }
    }

    private double number(Vec output, int k) {
      Double threshold = reading.threshold();
      if (threshold == null) {
        return output.get(k);
      }
      boolean single = semantics == Semantics.KERAS3;
      double y = single ? (float) output.get(k) : output.get(k);
      return y >= (single ? threshold.floatValue() : Rounded.like(output, threshold)) ? 1 : 0;
    }

    private void count(double target, double output, double weight) {
      Integer ignored = classes.ignored();
      int t = (int) target;
      int y = (int) output;
      if (ignored != null && t == ignored) {
        return;
      }
      if (t >= 0 && t < n && y >= 0 && y < n) {
        cells[t * n + y] += weight;
      } else if (semantics != Semantics.KERAS3) {
        throw new DataException(
            reading.name()
                + ": "
                + (t >= 0 && t < n ? "output " + y : "label " + t)
                + " is none of the class numbers 0 to "
                + (n - 1)
                + ": num_classes is "
                + n);
      }
    }

    @Override
    public void add(State other) {
      for (int i = 0; i < cells.length; i++) {
        cells[i] += ((Matrix) other).cells[i];
      }
    }

    @Override
    public double result() {
      return semantics == Semantics.KERAS3 ? inSinglePrecision() : asItIs();
    }

    private double asItIs() {
      double sum = 0;
      int found = 0;
      for (int c : classes.wanted()) {
        double union = union(c);
        if (union != 0) {
          sum += cells[c * n + c] / union;
          found++;
        }
      }
      return found == 0 ? 0 : sum / found;
    }

    private double inSinglePrecision() {
      float sum = 0;
      float found = 0;
      for (int c : classes.wanted()) {
        float union = (float) union(c);
        if (union > 0) {
          sum += (float) cells[c * n + c] / (union + EPSILON);
          found++;
        }
      }
      return sum / (found + EPSILON);
    }

    private double union(int c) {
      double union = -cells[c * n + c];
      for (int other = 0; other < n; other++) {
        union += cells[c * n + other] + cells[other * n + c];
      }
      return union;
    }

    @Override
    public double[] snapshot() {
      return cells.clone();
    }

    @Override
    public void restore(double[] snapshot) {
      System.arraycopy(snapshot, 0, cells, 0, cells.length);
    }
  }

  /** All classes. */
  static List<Integer> all(int count) {
    Integer[] all = new Integer[count];
    Arrays.setAll(all, c -> c);
    return List.of(all);
  }

  /** Checks that classes are wanted that there are. */
  static void check(List<Integer> wanted, int count) {
    for (int c : wanted) {
      if (c < 0 || c >= count) {
        throw new org.rondoml.core.spi.ConfigException(
            "target_class_ids", "found " + c + ", expected class numbers from 0 to " + (count - 1));
      }
    }
    if (wanted.isEmpty()) {
      throw new org.rondoml.core.spi.ConfigException(
          "target_class_ids", "found an empty list, expected class numbers");
    }
  }
}
