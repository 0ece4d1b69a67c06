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
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Loss;

/**
 * The cross-entropy of a distribution over n classes with one-hot targets t, smoothed to t (1 - s)
 * + s/n by label_smoothing s:
 *
 * <pre>
 * from logits z:         value    = sum_i t_i (log sum_j exp(z_j) - z_i)
 *                        gradient = softmax(z) - t
 * from probabilities p:  q        = p / sum p, clipped to [1e-7, 1 - 1e-7]
 *                        value    = -sum_i t_i log q_i
 *                        gradient = (r - sum_j r_j p_j / sum p) / sum p, r_i = -t_i / q_i, 0 where clipped
 * </pre>
 *
 * <p>After a softmax the loss starts from the logits, and after a sigmoid, which hands its logits
 * on in the same way, it does as well. The gradient is that of TensorFlow, which takes it for
 * granted that targets sum up to 1. Source: {@code categorical_crossentropy} in {@code
 * keras/src/backend/tensorflow/nn.py} and {@code tf_keras/src/backend.py}.
 */
public final class CategoricalCrossentropy implements Loss {
  private static final String NAME = "categorical_crossentropy";

  private final boolean fromLogits;
  private final Smoothing smoothing;
  private final int axis;

  /** The loss with its keys. */
  public CategoricalCrossentropy(Config config) {
    this(config.fromLogits(), new Smoothing(config.labelSmoothing()), config.axis());
  }

  private CategoricalCrossentropy(boolean fromLogits, Smoothing smoothing, int axis) {
    this.fromLogits = fromLogits;
    this.smoothing = smoothing;
    this.axis = axis;
  }

  @Override
  public Optional<String> doubt(Activation activation) {
    return (fromLogits ? Expectation.LOGITS : Expectation.CLASSES).doubt(activation);
  }

  @Override
  public boolean takesClassLogits() {
    return fromLogits;
  }

  @Override
  public void check(Shape target, Shape output) {
    TargetShape.checkOneHot(NAME, target, output);
  }

  @Override
  public Loss resolve(Shape target, Shape output) {
    check(target, output);
    return AlongAxis.of(this, NAME, axis, target, output);
  }

  @Override
  public Optional<Loss> fromLogits(Activation.Link link) {
    return Entropies.startsFromLogits(link)
        ? Optional.of(new CategoricalCrossentropy(true, smoothing, axis))
        : Optional.empty();
  }

  @Override
  public double value(Vec target, Vec output) {
    double log = fromLogits ? Entropies.logSumExp(output) : 0;
    double total = fromLogits ? 0 : output.sum();
    double sum = 0;
    for (int k = 0; k < output.length(); k++) {
      double t = smoothing.categorical(target, k);
      double y = output.get(k);
      sum += t * (fromLogits ? log - y : -Math.log(Clip.of(y / total, output)));
    }
    return sum;
  }

  @Override
  public void gradient(Vec target, Vec output, Vec gradient) {
    if (fromLogits) {
      gradientFromLogits(target, output, gradient);
    } else {
      gradientFromProbabilities(target, output, gradient);
    }
  }

  private void gradientFromLogits(Vec target, Vec z, Vec gradient) {
    double log = Entropies.logSumExp(z);
    for (int k = 0; k < z.length(); k++) {
      gradient.set(k, Math.exp(z.get(k) - log) - smoothing.categorical(target, k));
    }
  }

  private void gradientFromProbabilities(Vec target, Vec p, Vec gradient) {
    double total = p.sum();
    double mean = 0;
    for (int k = 0; k < p.length(); k++) {
      mean += ratio(target, p, k, total) * p.get(k) / total;
    }
    for (int k = 0; k < p.length(); k++) {
      gradient.set(k, (ratio(target, p, k, total) - mean) / total);
    }
  }

  private double ratio(Vec target, Vec p, int k, double total) {
    double q = p.get(k) / total;
    return Clip.passes(q, p) ? -smoothing.categorical(target, k) / q : 0;
  }

  /**
   * The keys.
   *
   * @param fromLogits whether outputs are logits
   * @param labelSmoothing how far targets are drawn towards the uniform distribution
   * @param axis the axis of the classes
   */
  @Description("The cross-entropy of a distribution over classes, for one-hot targets.")
  @Example("CategoricalCrossentropy: {label_smoothing: 0.1}")
  public record Config(
      @Description("whether the outputs are logits rather than probabilities") @Default("false")
          boolean fromLogits,
      @Description("how far targets are drawn towards the uniform distribution, from 0 to 1")
          @Default("0.0")
          @DecimalMin("0")
          @DecimalMax("1")
          double labelSmoothing,
      @Description("the axis of the classes, the samples' being 0") @Default("-1") int axis) {
    /** Classes along the last axis. */
    public Config(boolean fromLogits, double labelSmoothing) {
      this(fromLogits, labelSmoothing, -1);
    }
  }

  /** Brings {@code CategoricalCrossentropy}. */
  public static final class Provider implements Loss.Provider<Config> {
    @Override
    public String id() {
      return "CategoricalCrossentropy";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Loss create(Config config, Semantics semantics) {
      return new CategoricalCrossentropy(config);
    }
  }
}
