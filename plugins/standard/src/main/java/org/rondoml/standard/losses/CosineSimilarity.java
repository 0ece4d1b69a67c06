package org.rondoml.standard.losses;

import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Loss;

/**
 * How far the output's direction is from the target's: -1 for the same, 1 for the opposite. For a
 * row with target t and output y:
 *
 * <pre>
 * a        = 1 / max(|t|, e)
 * b        = 1 / max(|y|, e)
 * value    = -sum (a t) (b y)
 * gradient = -b (a t + value · b y), -b a t where |y| &lt; e
 * </pre>
 *
 * <p>e is 1e-7 in keras3 and 1e-6 in tf1 and tf2. Source: {@code cosine_similarity} in {@code
 * keras/src/losses/losses.py} with {@code normalize} in {@code keras/src/ops/nn.py}, and {@code
 * tf.linalg.l2_normalize}.
 */
public final class CosineSimilarity implements Loss {
  private final int axis;
  private final double least;

  /**
   * The loss with its keys.
   *
   * @param semantics whose arithmetic it has
   */
  public CosineSimilarity(Config config, Semantics semantics) {
    this.axis = config.axis();
    this.least = semantics == Semantics.KERAS3 ? 1e-7 : 1e-6;
  }

  @Override
  public void check(Shape target, Shape output) {
    TargetShape.checkElementWise("cosine_similarity", target, output);
  }

  @Override
  public Loss resolve(Shape target, Shape output) {
    check(target, output);
    return AlongAxis.of(this, "cosine_similarity", axis, target, output);
  }

  @Override
  public double value(Vec target, Vec output) {
    return -inverseNorm(target) * inverseNorm(output) * target.dot(output);
  }

  @Override
  public void gradient(Vec target, Vec output, Vec gradient) {
    double a = inverseNorm(target);
    double b = inverseNorm(output);
    double value = Math.sqrt(output.dot(output)) < least ? 0 : value(target, output);
    for (int k = 0; k < output.length(); k++) {
      gradient.set(k, -b * (a * target.get(k) + value * b * output.get(k)));
    }
  }

  private double inverseNorm(Vec x) {
    return 1 / Math.max(Math.sqrt(x.dot(x)), least);
  }

  /**
   * The keys.
   *
   * @param axis the axis along which directions are compared
   */
  @Description("How far the output's direction is from the target's, from -1 to 1.")
  public record Config(
      @Description("the axis along which directions are compared, the samples' being 0")
          @Default("-1")
          int axis) {}

  /** Brings {@code CosineSimilarity}. */
  public static final class Provider implements Loss.Provider<Config> {
    @Override
    public String id() {
      return "CosineSimilarity";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Loss create(Config config, Semantics semantics) {
      return new CosineSimilarity(config, semantics);
    }
  }
}
