package org.rondoml.standard.losses;

import java.util.Optional;
import org.rondoml.api.DataException;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
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
 * <p>After a softmax the loss starts from the logits; in tf2 and keras3, whose sigmoid hands its
 * logits on in the same way, it does after a sigmoid as well. Source: {@code
 * sparse_categorical_crossentropy} in {@code keras/src/backend/tensorflow/nn.py} and {@code
 * tf_keras/src/backend.py}.
 */
public final class SparseCategoricalCrossentropy implements Loss {
  private final boolean fromLogits;

  /** The loss with its keys. */
  public SparseCategoricalCrossentropy(Config config) {
    this(config.fromLogits());
  }

  private SparseCategoricalCrossentropy(boolean fromLogits) {
    this.fromLogits = fromLogits;
  }

  @Override
  public void check(Shape target, Shape output) {
    if (TargetShape.isSingle(output)) {
      throw new ShapeMismatchException(
          "sparse_categorical_crossentropy compares probabilities of several classes, but the"
              + " output has a single unit (shape "
              + output
              + "): use binary_crossentropy, or as many units as there are classes");
    }
    if (TargetShape.isClassNumbers(target, output)) {
      return;
    }
    String cure =
        TargetShape.isElementWise(target, output)
            ? "one-hot targets go with categorical_crossentropy"
            : "the data needs one class number for each row of the output";
    throw new ShapeMismatchException(
        "sparse_categorical_crossentropy takes class numbers; found targets of shape "
            + target
            + " and outputs of shape "
            + output
            + ": "
            + cure);
  }

  @Override
  public int targetLength(int outputLength) {
    return 1;
  }

  @Override
  public Optional<Loss> fromLogits(Activation.Link link) {
    return CrossEntropy.startsFromLogits(link)
        ? Optional.of(new SparseCategoricalCrossentropy(true))
        : Optional.empty();
  }

  @Override
  public double value(Vec target, Vec output) {
    int label = label(target, output.length());
    if (fromLogits) {
      return CrossEntropy.logSumExp(output) - output.get(label);
    }
    return Math.log(clippedSum(output)) - Math.log(Clip.of(output.get(label), output));
  }

  @Override
  public void gradient(Vec target, Vec output, Vec gradient) {
    int label = label(target, output.length());
    if (fromLogits) {
      double log = CrossEntropy.logSumExp(output);
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

  private static int label(Vec target, int classes) {
    double label = target.get(0);
    if (!(label >= 0 && label < classes && label == Math.rint(label))) {
      throw new DataException(
          "label "
              + (label == Math.rint(label) ? Long.toString((long) label) : Double.toString(label))
              + " is none of the class numbers 0 to "
              + (classes - 1)
              + " of an output with "
              + classes
              + " units: number the classes from 0, and give the last layer a unit for each");
    }
    return (int) label;
  }

  /**
   * The keys.
   *
   * @param fromLogits whether outputs are logits
   */
  @Description("The cross-entropy of a distribution over classes, for class numbers from 0.")
  public record Config(
      @Description("whether the outputs are logits rather than probabilities") @Default("false")
          boolean fromLogits) {}

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
      return new SparseCategoricalCrossentropy(config);
    }
  }
}
