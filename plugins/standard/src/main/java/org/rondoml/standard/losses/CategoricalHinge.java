package org.rondoml.standard.losses;

import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Loss;

/**
 * The margin that the output of the right class lacks before the largest of the others, for one-hot
 * targets. For a row with target t and output y:
 *
 * <pre>
 * p        = sum t y
 * n        = max (1 - t) y
 * value    = max(n - p + 1, 0)
 * gradient = (1 - t) · [(1 - t) y = n] / count - t, 0 where n - p + 1 &lt; 0
 * </pre>
 *
 * <p>where count is the number of elements with (1 - t) y = n. Source: {@code categorical_hinge} in
 * {@code keras/src/losses/losses.py}.
 */
public final class CategoricalHinge implements Loss {
  @Override
  public void check(Shape target, Shape output) {
    TargetShape.checkElementWise("categorical_hinge", target, output);
  }

  @Override
  public double value(Vec target, Vec output) {
    return Math.max(largest(target, output) - target.dot(output) + 1, 0);
  }

  private static double largest(Vec target, Vec output) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < output.length(); k++) {
      largest = Math.max(largest, (1 - target.get(k)) * output.get(k));
    }
    return largest;
  }

  @Override
  public void gradient(Vec target, Vec output, Vec gradient) {
    double n = largest(target, output);
    if (n - target.dot(output) + 1 < 0) {
      gradient.fill(0);
      return;
    }
    int count = 0;
    for (int k = 0; k < output.length(); k++) {
      count += (1 - target.get(k)) * output.get(k) == n ? 1 : 0;
    }
    for (int k = 0; k < output.length(); k++) {
      double t = target.get(k);
      double share = (1 - t) * output.get(k) == n ? (1 - t) / count : 0;
      gradient.set(k, share - t);
    }
  }

  /** The keys. */
  @Description(
      "The margin that the output of the right class lacks before the largest of the others.")
  public record Config() {}

  /** Brings {@code CategoricalHinge}. */
  public static final class Provider implements Loss.Provider<Config> {
    @Override
    public String id() {
      return "CategoricalHinge";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Loss create(Config config, Semantics semantics) {
      return new CategoricalHinge();
    }
  }
}
