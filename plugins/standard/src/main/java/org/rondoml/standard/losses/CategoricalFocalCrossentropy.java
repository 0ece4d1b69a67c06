package org.rondoml.standard.losses;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.util.Optional;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.OneOrMany;
import org.rondoml.core.spi.ShapeMismatchException;

/**
 * The cross-entropy of a distribution over classes, with less weight on the classes that are right
 * already. For one-hot targets t, smoothed by label_smoothing, and probabilities p:
 *
 * <pre>
 * q        = p / sum p, clipped to [1e-7, 1 - 1e-7]
 * value    = -sum_i alpha_i (1 - q_i)^gamma t_i log q_i
 * r_i      = alpha_i t_i (gamma (1 - q_i)^(gamma - 1) log q_i - (1 - q_i)^gamma / q_i), 0 where clipped
 * gradient = (r - sum_j r_j p_j / sum p) / sum p
 * </pre>
 *
 * <p>p is softmax(z) where outputs are logits z; in tf1 and tf2 also of the logits that a sigmoid
 * has left. Source: Lin et al. 2017, <a href="https://arxiv.org/abs/1708.02002">Focal Loss</a>;
 * {@code categorical_focal_crossentropy} in {@code keras/src/losses/losses.py} and {@code
 * tf_keras/src/backend.py}.
 */
public final class CategoricalFocalCrossentropy implements Loss {
  private static final String NAME = "categorical_focal_crossentropy";

  private final Config config;
  private final Smoothing smoothing;
  private final Semantics semantics;
  private final boolean fromLogits;

  /**
   * The loss with its keys.
   *
   * @param semantics whose arithmetic it has
   */
  public CategoricalFocalCrossentropy(Config config, Semantics semantics) {
    this(config, semantics, config.fromLogits());
  }

  private CategoricalFocalCrossentropy(Config config, Semantics semantics, boolean fromLogits) {
    this.config = config;
    this.smoothing = new Smoothing(config.labelSmoothing());
    this.semantics = semantics;
    this.fromLogits = fromLogits;
  }

  @Override
  public boolean takesClassLogits() {
    return fromLogits;
  }

  @Override
  public void check(Shape target, Shape output) {
    TargetShape.checkOneHot(NAME, target, output);
    int alphas = config.alpha().values().size();
    if (alphas != 1 && alphas != output.dimension(-1)) {
      throw new ShapeMismatchException(
          NAME
              + " has "
              + alphas
              + " numbers of alpha, but the output has "
              + output.dimension(-1)
              + " classes: expected one for all, or one each");
    }
  }

  @Override
  public Loss resolve(Shape target, Shape output) {
    check(target, output);
    return AlongAxis.of(this, NAME, config.axis(), target, output);
  }

  @Override
  public Optional<Loss> fromLogits(Activation.Link link) {
    return Entropies.startsFromLogits(link) && semantics != Semantics.KERAS3
        ? Optional.of(new CategoricalFocalCrossentropy(config, semantics, true))
        : Optional.empty();
  }

  @Override
  public double value(Vec target, Vec output) {
    double[] p = probabilities(output);
    double total = sum(p);
    double sum = 0;
    for (int k = 0; k < p.length; k++) {
      double q = Clip.of(p[k] / total, output);
      double t = smoothing.categorical(target, k);
      sum -= alpha(k) * Math.pow(1 - q, config.gamma()) * t * Math.log(q);
    }
    return sum;
  }

  @Override
  public void gradient(Vec target, Vec output, Vec gradient) {
    double[] p = probabilities(output);
    double total = sum(p);
    double[] r = new double[p.length];
    double mean = 0;
    for (int k = 0; k < p.length; k++) {
      r[k] = ratio(smoothing.categorical(target, k), p[k] / total, output, k);
      mean += r[k] * p[k] / total;
    }
    double between = 0;
    for (int k = 0; k < p.length; k++) {
      r[k] = (r[k] - mean) / total;
      between += r[k] * p[k];
    }
    for (int k = 0; k < p.length; k++) {
      gradient.set(k, fromLogits ? p[k] * (r[k] - between) : r[k]);
    }
  }

  private double ratio(double t, double q, Vec row, int k) {
    if (!Clip.passes(q, row)) {
      return 0;
    }
    double gamma = config.gamma();
    double slope = gamma * Math.pow(1 - q, gamma - 1) * Math.log(q) - Math.pow(1 - q, gamma) / q;
    return alpha(k) * t * slope;
  }

  private double[] probabilities(Vec row) {
    double[] p = new double[row.length()];
    if (fromLogits) {
      Entropies.softmax(row, p);
    } else {
      for (int k = 0; k < p.length; k++) {
        p[k] = row.get(k);
      }
    }
    return p;
  }

  private static double sum(double[] p) {
    double sum = 0;
    for (double x : p) {
      sum += x;
    }
    return sum;
  }

  /** The weight of a class; Keras 3 makes an array of single precision of a list. */
  private double alpha(int k) {
    if (config.alpha().isOne()) {
      return config.alpha().values().get(0);
    }
    double listed = config.alpha().values().get(config.alpha().values().size() == 1 ? 0 : k);
    return semantics == Semantics.KERAS3 ? (float) listed : listed;
  }

  /**
   * The keys.
   *
   * @param alpha the weight of the classes
   * @param gamma how little those count that are right already
   * @param fromLogits whether outputs are logits
   * @param labelSmoothing how far targets are drawn towards the uniform distribution
   * @param axis the axis of the classes
   */
  @Description(
      "The cross-entropy of a distribution over classes, with less weight on what is right.")
  public record Config(
      @Description("the weight of all classes, or a list of theirs") @Default("0.25")
          OneOrMany<Double> alpha,
      @Description("how little those count that are right already; 0 for as much as the others")
          @Default("2.0")
          double gamma,
      @Description("whether the outputs are logits rather than probabilities") @Default("false")
          boolean fromLogits,
      @Description("how far targets are drawn towards the uniform distribution, from 0 to 1")
          @Default("0.0")
          @DecimalMin("0")
          @DecimalMax("1")
          double labelSmoothing,
      @Description("the axis of the classes, the samples' being 0") @Default("-1") int axis) {}

  /** Brings {@code CategoricalFocalCrossentropy}. */
  public static final class Provider implements Loss.Provider<Config> {
    @Override
    public String id() {
      return "CategoricalFocalCrossentropy";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Loss create(Config config, Semantics semantics) {
      return new CategoricalFocalCrossentropy(config, semantics);
    }
  }
}
