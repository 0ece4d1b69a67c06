package org.rondoml.standard.metrics;

import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Metric;

/**
 * The mean of the squared differences between output and target.
 *
 * <p>Source: Keras, {@code keras/src/metrics/regression_metrics.py}.
 */
public final class MeanSquaredError extends ElementWiseMean {
  private static final String NAME = "mean_squared_error";

  /** The metric under a name. */
  public MeanSquaredError(String name) {
    super(name, NAME);
  }

  @Override
  protected double value(Vec target, Vec output) {
    double sum = 0;
    for (int k = 0; k < output.length(); k++) {
      double difference = output.get(k) - target.get(k);
      sum += difference * difference;
    }
    return sum / output.length();
  }

  /**
   * The keys.
   *
   * @param name the name in the log and the history
   */
  @Description("The mean of the squared differences between output and target.")
  public record Config(
      @Description("the name in the log and the history") @Default(NAME) String name) {}

  /** Brings {@code MeanSquaredError}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "MeanSquaredError";
    }

    @Override
    public List<String> aliases() {
      return List.of("mse", "MSE");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new MeanSquaredError(config.name());
    }
  }
}
