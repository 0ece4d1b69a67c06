package org.rondoml.standard.metrics;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.OneOrMany;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.losses.TargetShape;

/**
 * A figure made of how many elements that are positive or negative by their target lie above
 * thresholds, and so are taken for positive. In keras3 masked steps count.
 *
 * <p>Thresholds that lie evenly from 0 to 1 make buckets: with n of them, an output y falls into
 * the bucket ceil(y (n - 1)) - 1, in the precision of the model, and lies above all thresholds up
 * to that number. An output of 0 falls into none, unless the first threshold is a bit below 0.
 *
 * <p>Source: {@code update_confusion_matrix_variables} in {@code
 * keras/src/metrics/metrics_utils.py}.
 */
abstract class Confusion extends Numbered {
  private static final double NOT_AMONG_THE_BEST = -1e10;
  private static final double EPSILON = 1e-7;

  private final Semantics semantics;
  private final String kerasName;
  private final Thresholds thresholds;
  private final Selection selection;

  /** Where outputs begin to count as positive, from the smallest to the largest. */
  static final class Thresholds {
    private final double[] values;
    private final boolean even;

    private Thresholds(double[] values, boolean even) {
      this.values = values;
      this.even = even;
    }

    /** The given ones in their order, or the one by default. */
    static Thresholds of(@Nullable OneOrMany<Double> given, double otherwise) {
      double[] values =
          given == null
              ? new double[] {otherwise}
              : given.values().stream().mapToDouble(v -> v).toArray();
      return new Thresholds(values, areEven(values));
    }

    /** As many, evenly from 0 to 1. */
    static Thresholds evenly(int count) {
      if (count == 1) {
        return new Thresholds(new double[] {0.5}, false);
      }
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        values[i] = (double) i / (count - 1);
      }
      return new Thresholds(values, true);
    }

    /** These, with one a bit below 0 and one a bit above 1 in the place of the ends. */
    Thresholds beyondTheEnds() {
      double[] beyond = values.clone();
      beyond[0] = -EPSILON;
      beyond[beyond.length - 1] = 1 + EPSILON;
      return new Thresholds(beyond, even);
    }

    /** The given ones between 0 and 1. */
    static Thresholds between(List<Double> given) {
      double[] values = new double[given.size() + 2];
      for (int i = 0; i < given.size(); i++) {
        values[i + 1] = given.get(i);
      }
      values[values.length - 1] = 1;
      Arrays.sort(values);
      return new Thresholds(values, areEven(values));
    }

    private static boolean areEven(double[] values) {
      boolean even = values.length > 2;
      for (int i = 0; i < values.length; i++) {
        // As numpy.allclose has it.
        double place = (float) i / (values.length - 1);
        even &= Math.abs(values[i] - place) <= EPSILON + 1e-5 * place;
      }
      return even;
    }

    int count() {
      return values.length;
    }

    /** Whether they make buckets. */
    boolean areEven() {
      return even;
    }

    double at(int i) {
      return values[i];
    }

    /** Checks the key. */
    static void check(@Nullable OneOrMany<Double> given) {
      if (given == null) {
        return;
      }
      for (double value : given.values()) {
        if (!(value >= 0 && value <= 1)) {
          throw new ConfigException(
              "thresholds", "found " + value + ", expected numbers from 0 to 1");
        }
      }
    }
  }

  /**
   * Which elements of a row count, and how much.
   *
   * @param topK only so many with the largest outputs can be taken for positive; null for all
   * @param classId the only element that counts; null for all
   * @param labels whether each element of a row has counts of its own
   * @param weights the weights of the elements; empty for 1 each
   * @param fromLogits whether outputs are to be put through a sigmoid
   */
  record Selection(
      @Nullable Integer topK,
      @Nullable Integer classId,
      boolean labels,
      List<Double> weights,
      boolean fromLogits) {
    static final Selection ALL = new Selection(null, null, false, List.of(), false);

    static Selection of(@Nullable Integer topK, @Nullable Integer classId) {
      return new Selection(topK, classId, false, List.of(), false);
    }
  }

  Confusion(
      @Nullable String given,
      String automatic,
      Semantics semantics,
      Thresholds thresholds,
      Selection selection) {
    super(given, automatic);
    this.kerasName = automatic;
    this.semantics = semantics;
    this.thresholds = thresholds;
    this.selection = selection;
  }

  /** Whether masked steps count. */
  final Semantics semantics() {
    return semantics;
  }

  /** The figure for the counts, by threshold and, where each label has counts of its own, label. */
  abstract double result(Counts counts);

  /** All figures for the counts. */
  double[] results(Counts counts) {
    return new double[] {result(counts)};
  }

  @Override
  public Metric resolve(Shape target, Shape output, Loss loss) {
    TargetShape.checkElementWise(kerasName, target, output);
    long elements = output.dimension(-1);
    Integer classId = selection.classId();
    if (classId != null && !(classId >= 0 && classId < elements)) {
      throw new ShapeMismatchException(
          kerasName
              + ": class_id "
              + classId
              + " is none of the classes 0 to "
              + (elements - 1)
              + " of outputs of shape "
              + output);
    }
    Integer topK = selection.topK();
    if (topK != null && topK > elements) {
      throw new ShapeMismatchException(
          kerasName
              + ": top_k "
              + topK
              + " of outputs of shape "
              + output
              + ", expected "
              + elements
              + " at most");
    }
    return this;
  }

  @Override
  public boolean heedsMask() {
    return semantics != Semantics.KERAS3;
  }

  @Override
  public State start() {
    return new Counting(this, 1);
  }

  /** The same for rows of so many labels. */
  final State start(int labels) {
    return new Counting(this, labels);
  }

  /** Counts by threshold and label: the one of threshold i and label k is at i · labels + k. */
  static final class Counts {
    private final int labels;
    private final double[] tp;
    private final double[] fp;
    private final double[] tn;
    private final double[] fn;

    /**
     * Counts.
     *
     * @param labels the number of labels, 1 where they are counted together
     * @param tp positive, and taken for it
     * @param fp taken for positive
     * @param positives all that are positive, by label
     * @param negatives all others
     */
    private Counts(int labels, double[] tp, double[] fp, double[] positives, double[] negatives) {
      this.labels = labels;
      this.tp = tp;
      this.fp = fp;
      tn = new double[tp.length];
      fn = new double[tp.length];
      for (int i = 0; i < tp.length; i++) {
        tn[i] = negatives[i % labels] - fp[i];
        fn[i] = positives[i % labels] - tp[i];
      }
    }

    int thresholds() {
      return tp.length / labels;
    }

    int labels() {
      return labels;
    }

    /** Positive, and taken for it. */
    double tp(int i) {
      return tp[i];
    }

    /** Negative, but taken for positive. */
    double fp(int i) {
      return fp[i];
    }

    /** Negative, and taken for it. */
    double tn(int i) {
      return tn[i];
    }

    /** Positive, but taken for negative. */
    double fn(int i) {
      return fn[i];
    }

    /** A ratio, 0 where nothing is to be divided by. */
    static double ratio(double part, double whole) {
      return whole == 0 ? 0 : part / whole;
    }

    double precision(int i) {
      return ratio(tp[i], tp[i] + fp[i]);
    }

    double recall(int i) {
      return ratio(tp[i], tp[i] + fn[i]);
    }

    double specificity(int i) {
      return ratio(tn[i], tn[i] + fp[i]);
    }

    double falsePositiveRate(int i) {
      return ratio(fp[i], fp[i] + tn[i]);
    }
  }

  /** Where elements fall: into buckets, or above a threshold. */
  private static final class Counting implements State {
    private final Confusion metric;
    private final int labels;
    private final double[] positive;
    private final double[] negative;
    private final double[] positives;
    private final double[] negatives;

    private Counting(Confusion metric, int labels) {
      this.metric = metric;
      this.labels = labels;
      int count = metric.thresholds.count();
      positive = new double[count * labels];
      negative = new double[count * labels];
      positives = new double[labels];
      negatives = new double[labels];
    }

    @Override
    public void add(Vec target, Vec output, double weight) {
      Selection selection = metric.selection;
      boolean[] best = selection.topK() == null ? null : best(output, selection.topK());
      for (int k = 0; k < output.length(); k++) {
        if (selection.classId() == null || selection.classId() == k) {
          double y = best == null || best[k] ? value(output, k) : NOT_AMONG_THE_BEST;
          List<Double> weights = selection.weights();
          double w = weights.isEmpty() || selection.labels() ? weight : weight * weights.get(k);
          add(target.get(k) != 0, y, w, selection.labels() ? k : 0, output);
        }
      }
    }

    private double value(Vec output, int k) {
      double y = output.get(k);
      return metric.selection.fromLogits() ? Rounded.like(output, 1 / (1 + Math.exp(-y))) : y;
    }

    private void add(boolean isPositive, double y, double weight, int label, Vec row) {
      double[] counts = isPositive ? positive : negative;
      (isPositive ? positives : negatives)[label] += weight;
      Thresholds thresholds = metric.thresholds;
      if (thresholds.areEven()) {
        int bucket = bucket(y, row);
        if (bucket >= 0) {
          counts[bucket * labels + label] += weight;
        }
        return;
      }
      for (int i = 0; i < thresholds.count(); i++) {
        if (y > Rounded.like(row, thresholds.at(i))) {
          counts[i * labels + label] += weight;
        }
      }
    }

    private int bucket(double y, Vec row) {
      double inside = Math.min(Math.max(y, 0), 1);
      int last = metric.thresholds.count() - 1;
      double place = row.precision() == Precision.FLOAT32 ? (float) inside * last : inside * last;
      int bucket = (int) Math.ceil(place) - 1;
      return metric.thresholds.at(0) < 0 ? Math.max(bucket, 0) : bucket;
    }

    private static boolean[] best(Vec output, int k) {
      boolean[] best = new boolean[output.length()];
      for (int found = 0; found < k; found++) {
        int largest = -1;
        for (int i = 0; i < best.length; i++) {
          if (!best[i] && (largest < 0 || output.get(i) > output.get(largest))) {
            largest = i;
          }
        }
        best[largest] = true;
      }
      return best;
    }

    @Override
    public void add(State other) {
      Counting counting = (Counting) other;
      add(positive, counting.positive);
      add(negative, counting.negative);
      add(positives, counting.positives);
      add(negatives, counting.negatives);
    }

    private static void add(double[] to, double[] from) {
      for (int i = 0; i < to.length; i++) {
        to[i] += from[i];
      }
    }

    @Override
    public double result() {
      return metric.result(counts());
    }

    @Override
    public double[] results() {
      return metric.results(counts());
    }

    private Counts counts() {
      double[] tp = positive.clone();
      double[] fp = negative.clone();
      for (int i = tp.length - labels - 1; metric.thresholds.areEven() && i >= 0; i--) {
        tp[i] += tp[i + labels];
        fp[i] += fp[i + labels];
      }
      return new Counts(labels, tp, fp, positives, negatives);
    }

    @Override
    public double[] snapshot() {
      double[] all = new double[2 * positive.length + 2 * labels];
      int at = 0;
      for (double[] part : List.of(positive, negative, positives, negatives)) {
        System.arraycopy(part, 0, all, at, part.length);
        at += part.length;
      }
      return all;
    }

    @Override
    public void restore(double[] snapshot) {
      int at = 0;
      for (double[] part : List.of(positive, negative, positives, negatives)) {
        System.arraycopy(snapshot, at, part, 0, part.length);
        at += part.length;
      }
    }
  }
}
