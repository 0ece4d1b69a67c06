package org.rondoml.standard.losses;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.ShapeMismatchException;

/**
 * A loss for labels that may be wrong, between cross-entropy (q near 0) and mean absolute error (q
 * near 1). For a row of probabilities p with a class number c as target:
 *
 * <pre>
 * value    = (1 - p_c^q) / q
 * gradient = -p_c^(q - 1) onehot(c)
 * </pre>
 *
 * <p>Source: Zhang and Sabuncu 2018, <a href="https://arxiv.org/abs/1805.07836">Generalized Cross
 * Entropy Loss</a>; {@code categorical_generalized_cross_entropy} in {@code
 * keras/src/losses/losses.py}.
 */
public final class CategoricalGeneralizedCrossEntropy implements Loss {
  private static final String NAME = "categorical_generalized_cross_entropy";

  private final double q;

  /** The loss with its keys. */
  public CategoricalGeneralizedCrossEntropy(Config config) {
    this.q = config.q();
  }

  @Override
  public void check(Shape target, Shape output) {
    TargetShape.checkClassNumbers(NAME, target, output);
    if (target.rank() == output.rank()) {
      throw new ShapeMismatchException(
          NAME
              + " takes class numbers without an axis of their own; found targets of shape "
              + target
              + " and outputs of shape "
              + output
              + ": expected targets of shape "
              + output.withoutLast());
    }
  }

  @Override
  public int targetLength(int outputLength) {
    return 1;
  }

  @Override
  public double value(Vec target, Vec output) {
    int label = ClassNumber.of(target.get(0), output.length());
    return (1 - Math.pow(output.get(label), q)) / q;
  }

  @Override
  public void gradient(Vec target, Vec output, Vec gradient) {
    int label = ClassNumber.of(target.get(0), output.length());
    gradient.fill(0);
    gradient.set(label, -Math.pow(output.get(label), q - 1));
  }

  /**
   * The keys.
   *
   * @param q how far it is from cross-entropy
   */
  @KnownIn(
      value = Semantics.KERAS3,
      cure = "write semantics: keras3, or use sparse_categorical_crossentropy")
  @Description("A loss for class numbers of which some may be wrong.")
  public record Config(
      @Description("between 0, cross-entropy, and 1, mean absolute error")
          @Default("0.5")
          @DecimalMin(value = "0", inclusive = false)
          @DecimalMax(value = "1", inclusive = false)
          double q) {}

  /** Brings {@code CategoricalGeneralizedCrossEntropy}. */
  public static final class Provider implements Loss.Provider<Config> {
    @Override
    public String id() {
      return "CategoricalGeneralizedCrossEntropy";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Loss create(Config config, Semantics semantics) {
      return new CategoricalGeneralizedCrossEntropy(config);
    }
  }
}
