package org.rondoml.standard.losses;

import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Loss;

/**
 * The mean of the margins that outputs lack, for labels -1 and 1. For a row of n elements with
 * label t and output y:
 *
 * <pre>
 * m        = max(1 - t y, 0)
 * value    = sum m / n
 * gradient = -t / n, 0 where t y &gt; 1
 * </pre>
 *
 * <p>Labels 0 and 1 stand for -1 and 1 in a batch that has no others. Source: {@code hinge} in
 * {@code keras/src/losses/losses.py}.
 */
public final class Hinge extends ElementMean {
  private final boolean converts;

  /** The loss for labels as they are. */
  public Hinge() {
    this(false);
  }

  private Hinge(boolean converts) {
    super("hinge");
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
    return new Hinge(sums[0] == 0);
  }

  @Override
  double value(double t, double y) {
    return Math.max(1 - label(t) * y, 0);
  }

  @Override
  double slope(double t, double y) {
    return 1 - label(t) * y >= 0 ? -label(t) : 0;
  }

  private double label(double t) {
    return converts ? BinaryLabels.converted(t) : t;
  }

  /** The keys. */
  @Description("The mean of the margins that outputs lack, for labels -1 and 1 (or 0 and 1).")
  public record Config() {}

  /** Brings {@code Hinge}. */
  public static final class Provider implements Loss.Provider<Config> {
    @Override
    public String id() {
      return "Hinge";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Loss create(Config config, Semantics semantics) {
      return new Hinge();
    }
  }
}
