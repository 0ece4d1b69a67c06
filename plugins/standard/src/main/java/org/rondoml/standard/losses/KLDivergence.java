package org.rondoml.standard.losses;

import java.util.List;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.OldName;

/**
 * The Kullback-Leibler divergence of the output's distribution from the target's. For a row with
 * target t and output y:
 *
 * <pre>
 * p        = t clipped to [1e-7, 1]
 * q        = y clipped to [1e-7, 1]
 * value    = sum p log(p / q)
 * gradient = -p / q, 0 where y was clipped
 * </pre>
 *
 * <p>Source: {@code kl_divergence} in {@code keras/src/losses/losses.py}.
 */
public final class KLDivergence implements Loss {
  @Override
  public void check(Shape target, Shape output) {
    TargetShape.checkElementWise("kl_divergence", target, output);
  }

  @Override
  public double value(Vec target, Vec output) {
    double sum = 0;
    for (int k = 0; k < output.length(); k++) {
      double p = clip(target.get(k), target);
      sum += p * Math.log(p / clip(output.get(k), output));
    }
    return sum;
  }

  @Override
  public void gradient(Vec target, Vec output, Vec gradient) {
    for (int k = 0; k < output.length(); k++) {
      double y = output.get(k);
      double q = clip(y, output);
      gradient.set(k, q == y ? -clip(target.get(k), target) / q : 0);
    }
  }

  private static double clip(double x, Vec row) {
    double low = row.precision() == Precision.FLOAT32 ? (float) Clip.EPSILON : Clip.EPSILON;
    return Math.min(Math.max(x, low), 1);
  }

  /** The keys. */
  @Description("The Kullback-Leibler divergence of the output's distribution from the target's.")
  public record Config() {}

  /** Brings {@code KLDivergence}. */
  public static final class Provider implements Loss.Provider<Config> {
    @Override
    public String id() {
      return "KLDivergence";
    }

    @Override
    public List<String> aliases() {
      return List.of("kld", "KLD");
    }

    @Override
    public List<OldName> oldNames() {
      return List.of(OldName.beforeKeras3("kullback_leibler_divergence"));
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Loss create(Config config, Semantics semantics) {
      return new KLDivergence();
    }
  }
}
