package org.rondoml.standard.losses;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.ShapeMismatchException;

/**
 * The cross-entropy of a distribution over classes with a class number c, from 0, as target:
 *
 * <pre>
 * from logits z:         value    = log sum_j exp(z_j) - z_c
 *                        gradient = softmax(z) - onehot(c)
 * from probabilities p:  q        = p clipped to [1e-7, 1 - 1e-7]
 *                        value    = log sum_j q_j - log q_c
 *                        gradient = 1 / sum q - onehot(c) / q_c, 0 where clipped
 * </pre>
 *
 * <p>After a softmax the loss starts from the logits, and after a sigmoid, which hands its logits
 * on in the same way, it does as well; but in keras3 not where a class is ignored, since putting
 * its rows aside loses the logits there. Rows of an ignored class don't count. Source: {@code
 * sparse_categorical_crossentropy} in {@code keras/src/backend/tensorflow/nn.py} and {@code
 * tf_keras/src/backend.py}.
 */
public final class SparseCategoricalCrossentropy implements Loss {
  private static final String NAME = "sparse_categorical_crossentropy";

  private final boolean fromLogits;
  private final @Nullable Integer ignoreClass;
  private final int axis;
  private final boolean findsLogits;

  /**
   * The loss with its keys.
   *
   * @param semantics whose arithmetic it has
   */
  public SparseCategoricalCrossentropy(Config config, Semantics semantics) {
    this(
        config.fromLogits(),
        config.ignoreClass(),
        config.axis(),
        config.ignoreClass() == null || semantics != Semantics.KERAS3);
  }

  private SparseCategoricalCrossentropy(
      boolean fromLogits, @Nullable Integer ignoreClass, int axis, boolean findsLogits) {
    this.fromLogits = fromLogits;
    this.ignoreClass = ignoreClass;
    this.axis = axis;
    this.findsLogits = findsLogits;
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
    TargetShape.checkClassNumbers(NAME, target, output);
    if (axis != -1 && axis != output.rank()) {
      throw new ShapeMismatchException(
          NAME + " along axis " + axis + ": expected -1, the classes being along the last axis");
    }
  }

  @Override
  public int targetLength(int outputLength) {
    return 1;
  }

  @Override
  public boolean mayIgnore() {
    return ignoreClass != null;
  }

  @Override
  public boolean ignores(Vec target) {
    return ignoreClass != null && target.get(0) == ignoreClass;
  }

  @Override
  public void checkTarget(Vec target, int outputLength) {
    if (!ignores(target)) {
      ClassNumber.requireOneOf(target.get(0), outputLength);
    }
  }

  @Override
  public Optional<Loss> fromLogits(Activation.Link link) {
    return findsLogits && Entropies.startsFromLogits(link)
        ? Optional.of(new SparseCategoricalCrossentropy(true, ignoreClass, axis, true))
        : Optional.empty();
  }

  @Override
  public double value(Vec target, Vec output) {
    int label = ClassNumber.of(target.get(0), output.length());
    if (fromLogits) {
      return Entropies.logSumExp(output) - output.get(label);
    }
    return Math.log(clippedSum(output)) - Math.log(Clip.of(output.get(label), output));
  }

  @Override
  public void gradient(Vec target, Vec output, Vec gradient) {
    int label = ClassNumber.of(target.get(0), output.length());
    if (fromLogits) {
      double log = Entropies.logSumExp(output);
      for (int k = 0; k < output.length(); k++) {
        gradient.set(k, Math.exp(output.get(k) - log) - (k == label ? 1 : 0));
      }
      return;
    }
    double sum = clippedSum(output);
    for (int k = 0; k < output.length(); k++) {
      double p = output.get(k);
      double slope = 1 / sum - (k == label ? 1 / p : 0);
      gradient.set(k, Clip.passes(p, output) ? slope : 0);
    }
  }

  private static double clippedSum(Vec p) {
    double sum = 0;
    for (int k = 0; k < p.length(); k++) {
      sum += Clip.of(p.get(k), p);
    }
    return sum;
  }

  /**
   * The keys.
   *
   * @param fromLogits whether outputs are logits
   * @param ignoreClass the class whose rows don't count; null for none
   * @param axis the axis of the classes
   */
  @Description("The cross-entropy of a distribution over classes, for class numbers from 0.")
  public record Config(
      @Description("whether the outputs are logits rather than probabilities") @Default("false")
          boolean fromLogits,
      @Description("the class whose rows don't count, such as -1 for padding")
          @Nullable Integer ignoreClass,
      @Description("the axis of the classes, which is the last")
          @Default("-1")
          @KnownIn(
              value = Semantics.KERAS3,
              cure = "leave it out: the classes are along the last axis")
          int axis) {}

  /** Brings {@code SparseCategoricalCrossentropy}. */
  public static final class Provider implements Loss.Provider<Config> {
    @Override
    public String id() {
      return "SparseCategoricalCrossentropy";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Loss create(Config config, Semantics semantics) {
      return new SparseCategoricalCrossentropy(config, semantics);
    }
  }
}
