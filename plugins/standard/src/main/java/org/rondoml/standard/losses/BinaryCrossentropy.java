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
 * <p>e is 0 in keras3 and 1e-7 in tf1 and tf2. After a sigmoid the loss starts from the logits, and
 * after a softmax, which hands its logits on in the same way, it does as well. Source: {@code
 * binary_crossentropy} in {@code keras/src/backend/tensorflow/nn.py} and {@code
 * tf_keras/src/backend.py}.
 */
public final class BinaryCrossentropy implements Loss {
  private static final String NAME = "binary_crossentropy";

  private final boolean fromLogits;
  private final Smoothing smoothing;
  private final int axis;
  private final Semantics semantics;

  /**
   * The loss with its keys.
   *
   * @param semantics whose arithmetic it has
   */
  public BinaryCrossentropy(Config config, Semantics semantics) {
    this(config.fromLogits(), new Smoothing(config.labelSmoothing()), config.axis(), semantics);
  }

  private BinaryCrossentropy(
      boolean fromLogits, Smoothing smoothing, int axis, Semantics semantics) {
    this.fromLogits = fromLogits;
    this.smoothing = smoothing;
    this.axis = axis;
    this.semantics = semantics;
  }

  @Override
  public Loss resolve(Shape target, Shape output) {
    check(target, output);
    return AlongAxis.of(this, NAME, axis, target, output);
  }

  @Override
  public Optional<String> doubt(Activation activation) {
    return (fromLogits ? Expectation.LOGITS : Expectation.PROBABILITIES).doubt(activation);
  }

  @Override
  public void check(Shape target, Shape output) {
    TargetShape.checkElementWise(NAME, target, output);
  }

  @Override
  public Optional<Loss> fromLogits(Activation.Link link) {
    return Entropies.startsFromLogits(link)
        ? Optional.of(new BinaryCrossentropy(true, smoothing, axis, semantics))
        : Optional.empty();
  }

  @Override
  public double value(Vec target, Vec output) {
    double sum = 0;
    for (int k = 0; k < output.length(); k++) {
      double t = smoothing.binary(target.get(k));
      double y = output.get(k);
      sum += fromLogits ? Entropies.binaryOfLogit(t, y) : Entropies.binary(t, y, output, semantics);
    }
    return sum / output.length();
  }

  @Override
  public void gradient(Vec target, Vec output, Vec gradient) {
    int n = output.length();
    for (int k = 0; k < n; k++) {
      double t = smoothing.binary(target.get(k));
      double y = output.get(k);
      double slope =
          fromLogits ? Entropies.sigmoid(y) - t : Entropies.binarySlope(t, y, output, semantics);
      gradient.set(k, slope / n);
    }
  }

  /**
   * The keys.
   *
   * @param fromLogits whether outputs are logits
   * @param labelSmoothing how far targets are drawn towards 1/2
   * @param axis the axis of which the mean is taken
   */
  @Description("The cross-entropy of separate probabilities, for yes-or-no targets.")
  public record Config(
      @Description("whether the outputs are logits rather than probabilities") @Default("false")
          boolean fromLogits,
      @Description("how far targets are drawn towards 1/2, from 0 to 1")
          @Default("0.0")
          @DecimalMin("0")
          @DecimalMax("1")
          double labelSmoothing,
      @Description("the axis of which the mean is taken first, the samples' being 0") @Default("-1")
          int axis) {
    /** A mean over the last axis. */
    public Config(boolean fromLogits, double labelSmoothing) {
      this(fromLogits, labelSmoothing, -1);
    }
  }

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
