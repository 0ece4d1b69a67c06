package org.rondoml.standard.losses;

import java.util.List;
import java.util.Optional;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Loss;

/**
 * The mean of squared differences. For a row of n elements with target t and output y:
 *
 * <pre>
 * value    = sum (y - t)² / n
 * gradient = 2 (y - t) / n
 * </pre>
 *
 * <p>Source: Keras, {@code keras/src/losses/losses.py}.
 */
public final class MeanSquaredError implements Loss {
  @Override
  public Optional<String> doubt(Activation activation) {
    return Expectation.NUMBERS.doubt(activation);
  }

  @Override
  public void check(Shape target, Shape output) {
    TargetShape.checkElementWise("mean_squared_error", target, output);
  }

  @Override
  public double value(Vec target, Vec output) {
    double sum = 0;
    for (int k = 0; k < output.length(); k++) {
      double difference = output.get(k) - target.get(k);
      sum += difference * difference;
    }
    return sum / output.length();
  }

  @Override
  public void gradient(Vec target, Vec output, Vec gradient) {
    gradient.subtract(output, target);
    gradient.scale(gradient, 2.0 / output.length());
  }

  /** The keys. */
  @Description("The mean of the squared differences between target and output.")
  public record Config() {}

  /** Brings {@code MeanSquaredError}. */
  public static final class Provider implements Loss.Provider<Config> {
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
    public Loss create(Config config, Semantics semantics) {
      return new MeanSquaredError();
    }
  }
}
