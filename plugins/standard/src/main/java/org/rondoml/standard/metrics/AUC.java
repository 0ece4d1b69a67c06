package org.rondoml.standard.metrics;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.ShapeMismatchException;

/**
 * The area under a curve that thresholds draw:
 *
 * <pre>
 * ROC      y = tp / (tp + fn) over x = fp / (fp + tn)
 * PR       y = tp / (tp + fp) over x = tp / (tp + fn)
 * PRGAIN   y = 1 - c fp / tp over x = 1 - c fn / tp, c = (tp + fn) / (tn + fp); 1 over 0 where tp is 0
 *
 * value = sum over neighbouring thresholds of (x_i - x_{i+1}) h
 * h     = (y_i + y_{i+1}) / 2    interpolation
 *         min(y_i, y_{i+1})      minoring
 *         max(y_i, y_{i+1})      majoring
 * </pre>
 *
 * <p>PR with interpolation follows the true positives instead, which are a straight line of the
 * positives p = tp + fp between thresholds:
 *
 * <pre>
 * s     = (tp_i - tp_{i+1}) / (p_i - p_{i+1})
 * value = sum s (tp_i - tp_{i+1} + (tp_{i+1} - s p_{i+1}) log(p_i / p_{i+1})) / (tp_{i+1} + fn_{i+1})
 * </pre>
 *
 * <p>Source: Davis and Goadrich 2006, <a href="https://www.biostat.wisc.edu/~page/rocpr.pdf">The
 * Relationship Between Precision-Recall and ROC Curves</a>; {@code AUC} in {@code
 * keras/src/metrics/confusion_metrics.py}.
 */
public final class AUC extends Confusion {
  private final Config config;
  private final int labels;

  /**
   * The metric with its keys.
   *
   * @param semantics whether masked steps count
   */
  public AUC(Config config, Semantics semantics) {
    this(config, semantics, 1);
  }

  private AUC(Config config, Semantics semantics, int labels) {
    super(
        config.name(),
        "auc",
        semantics,
        thresholds(config),
        new Selection(
            null,
            null,
            config.multiLabel(),
            config.labelWeights() == null ? List.of() : config.labelWeights(),
            config.fromLogits()));
    this.config = config;
    this.labels = labels;
  }

  private static Thresholds thresholds(Config config) {
    List<Double> given = config.thresholds();
    Thresholds whole =
        given == null ? Thresholds.evenly(config.numThresholds()) : Thresholds.between(given);
    return whole.beyondTheEnds();
  }

  @Override
  public Metric resolve(Shape target, Shape output, Loss loss) {
    super.resolve(target, output, loss);
    int last = Math.toIntExact(output.dimension(-1));
    Integer told = config.numLabels();
    List<Double> weights = config.labelWeights();
    if (config.multiLabel() && output.rank() != 1) {
      throw new ShapeMismatchException(
          "auc with multi_label takes one row of labels a sample; found outputs of shape "
              + output);
    }
    if ((told != null && told != last) || (weights != null && weights.size() != last)) {
      throw new ShapeMismatchException(
          "auc has "
              + (told != null && told != last
                  ? "num_labels " + told
                  : weights == null ? "" : weights.size() + " label_weights")
              + ", but outputs of shape "
              + output
              + " have "
              + last
              + " labels");
    }
    return config.multiLabel() ? new AUC(config, semantics(), last) : this;
  }

  @Override
  public State start() {
    return start(labels);
  }

  @Override
  double result(Counts counts) {
    double sum = 0;
    double total = 0;
    for (int label = 0; label < counts.labels(); label++) {
      double weight = 1;
      List<Double> weights = config.labelWeights();
      if (config.multiLabel() && weights != null) {
        weight = weights.get(label);
      }
      sum += weight * area(counts, label);
      total += weight;
    }
    return Counts.ratio(sum, total);
  }

  private double area(Counts counts, int label) {
    boolean along = curve().equals("PR") && method().equals("interpolation");
    double area = 0;
    for (int i = 0; i + 1 < counts.thresholds(); i++) {
      int a = i * counts.labels() + label;
      int b = a + counts.labels();
      area +=
          along
              ? underTruePositives(counts, a, b)
              : (x(counts, a) - x(counts, b)) * height(counts, a, b);
    }
    return area;
  }

  private double height(Counts counts, int a, int b) {
    double left = y(counts, a);
    double right = y(counts, b);
    return switch (method()) {
      case "minoring" -> Math.min(left, right);
      case "majoring" -> Math.max(left, right);
      default -> (left + right) / 2;
    };
  }

  private double x(Counts counts, int i) {
    return switch (curve()) {
      case "ROC" -> counts.falsePositiveRate(i);
      case "PR" -> counts.recall(i);
      default -> counts.tp(i) == 0 ? 0 : Math.max(gain(counts, counts.fn(i), i), 0);
    };
  }

  private double y(Counts counts, int i) {
    return switch (curve()) {
      case "ROC" -> counts.recall(i);
      case "PR" -> counts.precision(i);
      default -> counts.tp(i) == 0 ? 1 : gain(counts, counts.fp(i), i);
    };
  }

  private static double gain(Counts counts, double wrong, int i) {
    double c = Counts.ratio(counts.tp(i) + counts.fn(i), counts.tn(i) + counts.fp(i));
    return 1 - c * (wrong / counts.tp(i));
  }

  private static double underTruePositives(Counts counts, int a, int b) {
    double tp = counts.tp(b);
    double more = counts.tp(a) - tp;
    double p = tp + counts.fp(b);
    double before = counts.tp(a) + counts.fp(a);
    double slope = Counts.ratio(more, Math.max(before - p, 0));
    double intercept = tp - slope * p;
    double ratio = before > 0 && p > 0 ? before / p : 1;
    return Counts.ratio(
        slope * (more + intercept * Math.log(ratio)), Math.max(tp + counts.fn(b), 0));
  }

  private String curve() {
    return config.curve().toUpperCase(Locale.ROOT).replace("_", "");
  }

  private String method() {
    return config.summationMethod().toLowerCase(Locale.ROOT);
  }

  /**
   * The keys.
   *
   * @param numThresholds how many thresholds draw the curve
   * @param curve ROC, PR or PRGAIN
   * @param summationMethod interpolation, minoring or majoring
   * @param name the name in the log and the history; null for Keras' automatic one
   * @param thresholds the thresholds between 0 and 1; null for evenly many
   * @param multiLabel whether each label has an area of its own
   * @param numLabels the number of labels; null for as many as there are
   * @param labelWeights the weights of the labels; null for 1 each
   * @param fromLogits whether outputs are logits
   */
  @Description("The area under the curve that thresholds draw: ROC or precision over recall.")
  @Example("AUC: {curve: PR}")
  public record Config(
      @Description("how many thresholds draw the curve, evenly from 0 to 1") @Default("200") @Min(2)
          int numThresholds,
      @Description("ROC, PR or PRGAIN")
          @Default("ROC")
          @Pattern(
              regexp = "ROC|roc|PR|pr|PR_?GAIN|pr_?gain",
              message = "expected ROC, PR or PRGAIN")
          String curve,
      @Description("interpolation, minoring or majoring")
          @Default("interpolation")
          @Pattern(
              regexp = "[Ii]nterpolation|[Mm]inoring|[Mm]ajoring",
              message = "expected interpolation, minoring or majoring")
          String summationMethod,
      @Description("the name in the log and the history; auc, auc_1, ... when absent")
          @Nullable String name,
      @Description("the thresholds between 0 and 1, instead of num_thresholds")
          @Nullable List<Double> thresholds,
      @Description("whether each label has an area of its own, of which the mean is taken")
          @Default("false")
          boolean multiLabel,
      @Description("the number of labels; as many as the output has when absent") @Positive
          @Nullable Integer numLabels,
      @Description("the weights of the labels; 1 each when absent")
          @Nullable List<Double> labelWeights,
      @Description("whether the outputs are logits rather than probabilities") @Default("false")
          boolean fromLogits) {
    /** Checks the labels. */
    public Config {
      thresholds = thresholds == null ? null : List.copyOf(thresholds);
      labelWeights = labelWeights == null ? null : List.copyOf(labelWeights);
      if (numLabels != null && !multiLabel) {
        throw new ConfigException("num_labels", "is for multi_label: true; leave it out");
      }
      for (double weight : labelWeights == null ? List.<Double>of() : labelWeights) {
        if (weight < 0) {
          throw new ConfigException(
              "label_weights", "found " + weight + ", expected numbers from 0 on");
        }
      }
    }
  }

  /** Brings {@code AUC}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "AUC";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new AUC(config, semantics);
    }
  }
}
