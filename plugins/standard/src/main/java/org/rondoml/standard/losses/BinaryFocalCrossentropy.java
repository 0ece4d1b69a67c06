package org.rondoml.standard.losses;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Loss;

/**
 * The cross-entropy of separate probabilities, with less weight on those that are right already.
 * For a row of n elements with target t, smoothed by label_smoothing, and probability p:
 *
 * <pre>
 * b        = the {@linkplain BinaryCrossentropy binary cross-entropy} of t and p
 * r        = t p + (1 - t) (1 - p)
 * f        = (1 - r)^gamma
 * w        = t alpha + (1 - t) (1 - alpha) with apply_class_balancing, else 1
 * value    = sum w f b / n
 * gradient = w (f db/dp - gamma (1 - r)^(gamma - 1) (2t - 1) b) / n
 * </pre>
 *
 * <p>p is sigmoid(z) where outputs are logits z, and b then starts from the logits. It does so too
 * after a sigmoid or softmax, while p remains what the activation put out. (tf1 and tf2, told
 * from_logits of an output that has been through an activation already, take the sigmoid of it for
 * p.) Source: Lin et al. 2017, <a href="https://arxiv.org/abs/1708.02002">Focal Loss</a>; {@code
 * binary_focal_crossentropy} in {@code keras/src/losses/losses.py} and {@code
 * tf_keras/src/backend.py}.
 */
public final class BinaryFocalCrossentropy implements Loss {
  private static final String NAME = "binary_focal_crossentropy";

  private final Config config;
  private final Smoothing smoothing;
  private final Semantics semantics;
  private final Activation.@Nullable Link link;

  /**
   * The loss with its keys.
   *
   * @param semantics whose arithmetic it has
   */
  public BinaryFocalCrossentropy(Config config, Semantics semantics) {
    this(config, semantics, null);
  }

  /** The same where rows are what went into an activation. */
  private BinaryFocalCrossentropy(
      Config config, Semantics semantics, Activation.@Nullable Link link) {
    this.config = config;
    this.smoothing = new Smoothing(config.labelSmoothing());
    this.semantics = semantics;
    this.link = link;
  }

  @Override
  public void check(Shape target, Shape output) {
    TargetShape.checkElementWise(NAME, target, output);
  }

  @Override
  public Loss resolve(Shape target, Shape output) {
    check(target, output);
    return AlongAxis.of(this, NAME, config.axis(), target, output);
  }

  @Override
  public Optional<Loss> fromLogits(Activation.Link found) {
    boolean asked = config.fromLogits() && semantics == Semantics.KERAS3;
    return Entropies.startsFromLogits(found) && !asked
        ? Optional.of(new BinaryFocalCrossentropy(config, semantics, found))
        : Optional.empty();
  }

  @Override
  public double value(Vec target, Vec output) {
    double[] p = probabilities(activated(output));
    double sum = 0;
    for (int k = 0; k < p.length; k++) {
      double t = smoothing.binary(target.get(k));
      double missing = 1 - right(t, p[k]);
      sum += weight(t) * Math.pow(missing, config.gamma()) * entropy(t, output, k);
    }
    return sum / p.length;
  }

  @Override
  public void gradient(Vec target, Vec output, Vec gradient) {
    double[] activated = activated(output);
    double[] p = probabilities(activated);
    int n = p.length;
    double[] byProbability = new double[n];
    for (int k = 0; k < n; k++) {
      double t = smoothing.binary(target.get(k));
      double missing = 1 - right(t, p[k]);
      double f = Math.pow(missing, config.gamma());
      double slope = -config.gamma() * Math.pow(missing, config.gamma() - 1) * (2 * t - 1);
      byProbability[k] = weight(t) * slope * entropy(t, output, k) / n;
      gradient.set(k, weight(t) * f * entropySlope(t, output, k) / n);
    }
    addThroughActivations(byProbability, activated, p, gradient);
  }

  /** What the activation made of a row, if rows are what went into it. */
  private double[] activated(Vec row) {
    double[] y = new double[row.length()];
    if (link == Activation.Link.SOFTMAX) {
      Entropies.softmax(row, y);
      return y;
    }
    for (int k = 0; k < y.length; k++) {
      y[k] = link == Activation.Link.SIGMOID ? Entropies.sigmoid(row.get(k)) : row.get(k);
    }
    return y;
  }

  private double[] probabilities(double[] activated) {
    double[] p = activated.clone();
    for (int k = 0; config.fromLogits() && k < p.length; k++) {
      p[k] = Entropies.sigmoid(activated[k]);
    }
    return p;
  }

  private void addThroughActivations(
      double[] byProbability, double[] activated, double[] p, Vec gradient) {
    double mean = 0;
    double[] byActivated = byProbability.clone();
    for (int k = 0; k < p.length; k++) {
      byActivated[k] *= config.fromLogits() ? p[k] * (1 - p[k]) : 1;
      mean += byActivated[k] * activated[k];
    }
    for (int k = 0; k < p.length; k++) {
      double a = activated[k];
      double through =
          link == Activation.Link.SOFTMAX
              ? a * (byActivated[k] - mean)
              : link == Activation.Link.SIGMOID ? byActivated[k] * a * (1 - a) : byActivated[k];
      gradient.set(k, gradient.get(k) + through);
    }
  }

  private boolean rowsAreLogits() {
    return link != null || config.fromLogits();
  }

  private double entropy(double t, Vec row, int k) {
    return rowsAreLogits()
        ? Entropies.binaryOfLogit(t, row.get(k))
        : Entropies.binary(t, row.get(k), row, semantics);
  }

  private double entropySlope(double t, Vec row, int k) {
    return rowsAreLogits()
        ? Entropies.sigmoid(row.get(k)) - t
        : Entropies.binarySlope(t, row.get(k), row, semantics);
  }

  private static double right(double t, double p) {
    return t * p + (1 - t) * (1 - p);
  }

  private double weight(double t) {
    return config.applyClassBalancing() ? t * config.alpha() + (1 - t) * (1 - config.alpha()) : 1;
  }

  /**
   * The keys.
   *
   * @param applyClassBalancing whether the classes have weights
   * @param alpha the weight of class 1
   * @param gamma how little those count that are right already
   * @param fromLogits whether outputs are logits
   * @param labelSmoothing how far targets are drawn towards 1/2
   * @param axis the axis of which the mean is taken
   */
  @Description("The cross-entropy of separate probabilities, with less weight on what is right.")
  @Example("BinaryFocalCrossentropy: {gamma: 2.0}")
  public record Config(
      @Description("whether class 1 counts alpha, and class 0 what is left to 1") @Default("false")
          boolean applyClassBalancing,
      @Description("the weight of class 1") @Default("0.25") double alpha,
      @Description("how little those count that are right already; 0 for as much as the others")
          @Default("2.0")
          double gamma,
      @Description("whether the outputs are logits rather than probabilities") @Default("false")
          boolean fromLogits,
      @Description("how far targets are drawn towards 1/2, from 0 to 1")
          @Default("0.0")
          @DecimalMin("0")
          @DecimalMax("1")
          double labelSmoothing,
      @Description("the axis of which the mean is taken first, the samples' being 0") @Default("-1")
          int axis) {}

  /** Brings {@code BinaryFocalCrossentropy}. */
  public static final class Provider implements Loss.Provider<Config> {
    @Override
    public String id() {
      return "BinaryFocalCrossentropy";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Loss create(Config config, Semantics semantics) {
      return new BinaryFocalCrossentropy(config, semantics);
    }
  }
}
