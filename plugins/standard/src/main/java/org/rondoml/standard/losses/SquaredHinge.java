package org.rondoml.standard.losses;

import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Loss;

/**
 * The mean of the squared margins that outputs lack, for labels -1 and 1. For a row of n elements
 * with label t and output y:
 *
 * <pre>
 * m        = max(1 - t y, 0)
 * value    = sum m² / n
 * gradient = -2 t m / n
 * </pre>
 *
 * <p>Labels 0 and 1 stand for -1 and 1 in a batch that has no others. Source: {@code squared_hinge}
 * in {@code keras/src/losses/losses.py}.
 */
public final class SquaredHinge extends ElementMean {
  private final boolean converts;

  /** The loss for labels as they are. */
  public SquaredHinge() {
    this(false);
  }

  private SquaredHinge(boolean converts) {
    super("squared_hinge");
    this.converts = converts;
  }

  @Override
  public int sums() {
    return 1;
  }

  @Override
  public void gather(Vec target, Vec output, double[] sums) {
    sums[0] += BinaryLabels.countOthers(target);
  }

  @Override
  public Loss given(double[] sums) {
    return new SquaredHinge(sums[0] == 0);
  }

  @Override
  double value(double t, double y) {
    double m = Math.max(1 - label(t) * y, 0);
    return m * m;
  }

  @Override
  double slope(double t, double y) {
    return -2 * label(t) * Math.max(1 - label(t) * y, 0);
  }

  private double label(double t) {
    return converts ? BinaryLabels.converted(t) : t;
  }

  /** The keys. */
  @Description(
      "The mean of the squared margins that outputs lack, for labels -1 and 1 (or 0 and 1).")
  public record Config() {}

  /** Brings {@code SquaredHinge}. */
  public static final class Provider implements Loss.Provider<Config> {
    @Override
    public String id() {
      return "SquaredHinge";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Loss create(Config config, Semantics semantics) {
      return new SquaredHinge();
    }
  }
}
