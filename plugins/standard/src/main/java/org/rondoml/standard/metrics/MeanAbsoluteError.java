package org.rondoml.standard.metrics;

import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Metric;

/**
 * The mean of the absolute differences between output and target.
 *
 * <p>Source: Keras, {@code keras/src/metrics/regression_metrics.py}.
 */
public final class MeanAbsoluteError extends ElementWiseMean {
  private static final String NAME = "mean_absolute_error";

  /** The metric under a name. */
  public MeanAbsoluteError(String name) {
    super(name, NAME);
  }

  @Override
  protected double value(Vec target, Vec output) {
    double sum = 0;
    for (int k = 0; k < output.length(); k++) {
      double difference = output.get(k) - target.get(k);
      sum += Math.abs(difference);
    }
    return sum / output.length();
  }

  /**
   * The keys.
   *
   * @param name the name in the log and the history
   */
  @Description("The mean of the absolute differences between output and target.")
  public record Config(
      @Description("the name in the log and the history") @Default(NAME) String name) {}

  /** Brings {@code MeanAbsoluteError}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "MeanAbsoluteError";
    }

    @Override
    public List<String> aliases() {
      return List.of("mae", "MAE");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new MeanAbsoluteError(config.name());
    }
  }
}
