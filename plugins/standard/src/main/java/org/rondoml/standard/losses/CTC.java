package org.rondoml.standard.losses;

import java.util.Arrays;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Scope;
import org.rondoml.core.spi.ShapeMismatchException;

/**
 * Connectionist temporal classification: the labels of a sequence without their places in time. The
 * output has logits z of the classes for each step; class 0 is the blank. A target is a row of
 * labels l_1 ... l_L, and as many of them as are not 0 make up the sequence, from the first.
 *
 * <p>A path goes through states, one a step, which are a label, or a blank after so many labels. It
 * may stay, go from a label to the blank after it, from a blank to the next label, and from a label
 * to the next where the two differ. With x_t(s) = log softmax(z_t) of the class of state s, and
 * paths from before the first label to after the last:
 *
 * <pre>
 * a_t(s)   = x_t(s) + log sum of exp a_{t-1} over the states that lead to s
 * b_t(s)   = log sum of exp(x_{t+1} + b_{t+1}) over the states that s leads to
 * value    = -b_0(start)
 * gradient = softmax(z_t) - sum over s of class c of exp(a_t(s) + b_t(s) - log sum_r exp(a_t(r) + b_t(r)))
 * </pre>
 *
 * <p>As in TensorFlow, states that paths can't start or end in have the probability 1e-307 instead
 * of 0; so a sequence with too few steps for its labels has a loss of about 707 and a gradient.
 * (Keras computes it in single precision even in a float64 model.)
 *
 * <p>Source: Graves et al. 2006, <a
 * href="https://www.cs.toronto.edu/~graves/icml_2006.pdf">Connectionist Temporal
 * Classification</a>; {@code ctc} in {@code keras/src/losses/losses.py}, {@code tf.nn.ctc_loss}.
 */
public final class CTC implements Loss {
  private static final double NEVER = Double.NEGATIVE_INFINITY;

  /** In single precision, as TensorFlow has it. */
  private static final double HARDLY = (float) Math.log(1e-307);

  private final int classes;

  /** The loss, to be resolved. */
  public CTC() {
    this(0);
  }

  private CTC(int classes) {
    this.classes = classes;
  }

  @Override
  public void check(Shape target, Shape output) {
    if (target.rank() != 1 || output.rank() != 2) {
      throw new ShapeMismatchException(
          "ctc takes rows of labels and outputs of shape (steps, classes); found targets of shape "
              + target
              + " and outputs of shape "
              + output
              + (output.rank() == 2
                  ? ": expected targets of shape (labels), padded with 0"
                  : ": a recurrent layer before the last needs return_sequences: true"));
    }
    if (TargetShape.isSingle(output)) {
      throw new ShapeMismatchException(
          "ctc takes logits of the blank, 0, and of the labels from 1; found outputs of shape "
              + output
              + ": the last layer needs a unit for each");
    }
  }

  @Override
  public Loss resolve(Shape target, Shape output) {
    check(target, output);
    return new CTC((int) output.dimension(-1));
  }

  @Override
  public Scope scope() {
    return Scope.SAMPLE;
  }

  @Override
  public double value(Vec target, Vec output) {
    Paths paths = new Paths(target, output, classes);
    return -paths.backward()[0][0];
  }

  @Override
  public void gradient(Vec target, Vec output, Vec gradient) {
    Paths paths = new Paths(target, output, classes);
    double[][] a = paths.forward();
    double[][] b = paths.backward();
    for (int t = 0; t < paths.steps; t++) {
      double[] both = new double[paths.states];
      for (int s = 0; s < both.length; s++) {
        both[s] = a[t + 1][s] + b[t + 1][s];
      }
      double total = logSumExp(both);
      for (int c = 0; c < classes; c++) {
        gradient.set(t * classes + c, Math.exp(paths.x[t][c]));
      }
      for (int s = 1; s < both.length; s++) {
        // A label 0 among the labels is a step to go through, but no output leads to it.
        boolean blank = s > paths.labels.length;
        int at = t * classes + (blank ? 0 : paths.labels[s - 1]);
        if (blank || paths.labels[s - 1] != 0) {
          gradient.set(at, gradient.get(at) - Math.exp(both[s] - total));
        }
      }
    }
  }

  private static double logSumExp(double... x) {
    double max = Arrays.stream(x).max().orElse(NEVER);
    if (max == NEVER) {
      return NEVER;
    }
    double sum = 0;
    for (double each : x) {
      sum += Math.exp(each - max);
    }
    return max + Math.log(sum);
  }

  /**
   * The paths of one sample. State 0 is the start, states 1 to L are the labels, and after them
   * come L + 1 blanks: before the first label, after it, and so on.
   */
  private static final class Paths {
    private final int steps;
    private final int states;
    private final int[] labels;
    private final int length;
    private final double[][] x;

    private Paths(Vec target, Vec output, int classes) {
      steps = output.length() / classes;
      labels = new int[target.length()];
      states = 2 * (labels.length + 1);
      int count = 0;
      for (int i = 0; i < labels.length; i++) {
        labels[i] = ClassNumber.of(target.get(i), classes);
        count += labels[i] == 0 ? 0 : 1;
      }
      length = count;
      x = new double[steps][classes];
      for (int t = 0; t < steps; t++) {
        for (int c = 0; c < classes; c++) {
          x[t][c] = output.get(t * classes + c);
        }
        double log = logSumExp(x[t]);
        for (int c = 0; c < classes; c++) {
          x[t][c] -= log;
        }
      }
    }

    private int blank(int label) {
      return labels.length + 1 + label;
    }

    private double observed(int t, int s) {
      if (s == 0) {
        return NEVER;
      }
      return x[t][s > labels.length ? 0 : labels[s - 1]];
    }

    /** a, from before the first step on. */
    private double[][] forward() {
      double[][] a = new double[steps + 1][states];
      Arrays.fill(a[0], HARDLY);
      a[0][0] = 0;
      for (int t = 0; t < steps; t++) {
        for (int s = 0; s < states; s++) {
          double[] before = a[t];
          double[] in = {before[s], NEVER, NEVER};
          if (s > labels.length) {
            in[1] = before[s - labels.length - 1];
          } else if (s > 0) {
            in[1] = before[blank(s - 1)];
            in[2] = leadsOn(s - 1) ? before[s - 1] : NEVER;
          }
          a[t + 1][s] = observed(t, s) + logSumExp(in);
        }
      }
      return a;
    }

    /** b, from before the first step on. */
    private double[][] backward() {
      double[][] b = new double[steps + 1][states];
      Arrays.fill(b[steps], HARDLY);
      b[steps][length] = 0;
      b[steps][blank(length)] = 0;
      for (int t = steps - 1; t >= 0; t--) {
        for (int s = 0; s < states; s++) {
          double[] out = {next(b, t, s), NEVER, NEVER};
          if (s > labels.length) {
            int label = s - labels.length - 1;
            out[1] = label < labels.length ? next(b, t, label + 1) : NEVER;
          } else {
            out[1] = next(b, t, blank(s));
            out[2] = leadsOn(s) ? next(b, t, s + 1) : NEVER;
          }
          b[t][s] = logSumExp(out);
        }
      }
      return b;
    }

    private double next(double[][] b, int t, int s) {
      return observed(t, s) + b[t + 1][s];
    }

    /** Whether a label, or the start, leads straight to the label after it. */
    private boolean leadsOn(int s) {
      return s < labels.length && (s == 0 || labels[s - 1] != labels[s]);
    }
  }

  /** The keys. */
  @KnownIn(value = Semantics.KERAS3, cure = "write semantics: keras3")
  @Description(
      "Labels of a sequence without their places in time: targets are rows of labels from 1, padded"
          + " with 0; outputs are logits of (steps, classes), class 0 being the blank.")
  public record Config() {}

  /** Brings {@code CTC}. */
  public static final class Provider implements Loss.Provider<Config> {
    @Override
    public String id() {
      return "CTC";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Loss create(Config config, Semantics semantics) {
      return new CTC();
    }
  }
}
