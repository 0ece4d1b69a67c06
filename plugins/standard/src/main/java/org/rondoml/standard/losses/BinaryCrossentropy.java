package org.rondoml.standard.losses;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.util.List;
import java.util.Optional;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Loss;

/**
 * The cross-entropy of separate probabilities. For a row of n elements with target t, smoothed to t
 * (1 - s) + s/2 by label_smoothing s:
 *
 * <pre>
 * from logits z:         value    = sum (max(z, 0) - z t + log(1 + exp(-|z|))) / n
 *                        gradient = (sigmoid(z) - t) / n
 * from probabilities p:  q        = p clipped to [1e-7, 1 - 1e-7]
 *                        value    = -sum (t log(q + e) + (1 - t) log(1 - q + e)) / n
 *                        gradient = ((1 - t) / (1 - q + e) - t / (q + e)) / n, 0 where p was clipped
 * </pre>
 *
 * <p>e is 0 in keras3 and 1e-7 in tf1 and tf2. After a sigmoid the loss starts from the logits; in
 * tf2 and keras3, whose softmax hands its logits on in the same way, it does after a softmax as
 * well. Where the targets of tf1 and tf2 lack the output's last axis, which has a single unit, it
 * starts from the probabilities: making the shapes equal there loses the logits. Source: {@code
 * binary_crossentropy} in {@code keras/src/backend/tensorflow/nn.py} and {@code
 * tf_keras/src/backend.py}.
 */
public final class BinaryCrossentropy implements Loss {
  private final boolean fromLogits;
  private final double labelSmoothing;
  private final Semantics semantics;
  private final boolean findsLogits;

  /**
   * The loss with its keys.
   *
   * @param semantics whose arithmetic it has
   */
  public BinaryCrossentropy(Config config, Semantics semantics) {
    this(config.fromLogits(), config.labelSmoothing(), semantics, true);
  }

  private BinaryCrossentropy(
      boolean fromLogits, double labelSmoothing, Semantics semantics, boolean findsLogits) {
    this.fromLogits = fromLogits;
    this.labelSmoothing = labelSmoothing;
    this.semantics = semantics;
    this.findsLogits = findsLogits;
  }

  @Override
  public Loss resolve(Shape target, Shape output) {
    check(target, output);
    // One number a sample is given a last axis before the loss sees it, so its output keeps its
    // own.
    boolean squeezed = output.rank() > 1 && target.rank() == output.rank() - 1;
    return squeezed && semantics != Semantics.KERAS3
        ? new BinaryCrossentropy(fromLogits, labelSmoothing, semantics, false)
        : this;
  }

  @Override
  public void check(Shape target, Shape output) {
    TargetShape.checkElementWise("binary_crossentropy", target, output);
  }

  @Override
  public Optional<Loss> fromLogits(Activation.Link link) {
    return findsLogits && CrossEntropy.startsFromLogits(link)
        ? Optional.of(new BinaryCrossentropy(true, labelSmoothing, semantics, findsLogits))
        : Optional.empty();
  }

  @Override
  public double value(Vec target, Vec output) {
    double sum = 0;
    for (int k = 0; k < output.length(); k++) {
      double t = smooth(target.get(k));
      double y = output.get(k);
      sum += fromLogits ? ofLogit(t, y) : ofProbability(t, Clip.of(y, output));
    }
    return sum / output.length();
  }

  private static double ofLogit(double t, double z) {
    return Math.max(z, 0) - z * t + Math.log1p(Math.exp(-Math.abs(z)));
  }

  private double ofProbability(double t, double q) {
    return -(t * Math.log(q + offset()) + (1 - t) * Math.log(1 - q + offset()));
  }

  @Override
  public void gradient(Vec target, Vec output, Vec gradient) {
    int n = output.length();
    for (int k = 0; k < n; k++) {
      double t = smooth(target.get(k));
      double y = output.get(k);
      gradient.set(k, (fromLogits ? 1 / (1 + Math.exp(-y)) - t : slope(t, y, output)) / n);
    }
  }

  private double slope(double t, double p, Vec row) {
    return Clip.passes(p, row) ? (1 - t) / (1 - p + offset()) - t / (p + offset()) : 0;
  }

  private double smooth(double t) {
    return t * (1 - labelSmoothing) + labelSmoothing / 2;
  }

  private double offset() {
    return semantics == Semantics.KERAS3 ? 0 : Clip.EPSILON;
  }

  /**
   * The keys.
   *
   * @param fromLogits whether outputs are logits
   * @param labelSmoothing how far targets are drawn towards 1/2
   */
  @Description("The cross-entropy of separate probabilities, for yes-or-no targets.")
  public record Config(
      @Description("whether the outputs are logits rather than probabilities") @Default("false")
          boolean fromLogits,
      @Description("how far targets are drawn towards 1/2, from 0 to 1")
          @Default("0.0")
          @DecimalMin("0")
          @DecimalMax("1")
          double labelSmoothing) {}

  /** Brings {@code BinaryCrossentropy}. */
  public static final class Provider implements Loss.Provider<Config> {
    @Override
    public String id() {
      return "BinaryCrossentropy";
    }

    @Override
    public List<String> aliases() {
      return List.of("bce", "BCE");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Loss create(Config config, Semantics semantics) {
      return new BinaryCrossentropy(config, semantics);
    }
  }
}
