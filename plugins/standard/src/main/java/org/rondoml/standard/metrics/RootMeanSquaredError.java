package org.rondoml.standard.metrics;

import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Metric;
import org.rondoml.standard.losses.TargetShape;

/**
 * The root of the mean of the squared differences between output and target. In keras3 masked steps
 * count.
 *
 * <p>Source: {@code RootMeanSquaredError} in {@code keras/src/metrics/regression_metrics.py}.
 */
public final class RootMeanSquaredError extends MeanOverRows {
  private final org.rondoml.standard.losses.MeanSquaredError squares =
      new org.rondoml.standard.losses.MeanSquaredError();
  private final Semantics semantics;

  /**
   * The metric under a name.
   *
   * @param semantics whether masked steps count
   */
  public RootMeanSquaredError(String name, Semantics semantics) {
    super(name);
    this.semantics = semantics;
  }

  @Override
  public Metric resolve(Shape target, Shape output, Loss loss) {
    TargetShape.checkElementWise("root_mean_squared_error", target, output);
    return this;
  }

  @Override
  public boolean heedsMask() {
    return semantics != Semantics.KERAS3;
  }

  @Override
  protected double value(Vec target, Vec output) {
    return squares.value(target, output);
  }

  @Override
  protected double result(double mean) {
    return Math.sqrt(mean);
  }

  /**
   * The keys.
   *
   * @param name the name in the log and the history
   */
  @Description("The root of the mean of the squared differences between output and target.")
  public record Config(
      @Description("the name in the log and the history") @Default("root_mean_squared_error")
          String name) {}

  /** Brings {@code RootMeanSquaredError}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "RootMeanSquaredError";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new RootMeanSquaredError(config.name(), semantics);
    }
  }
}
