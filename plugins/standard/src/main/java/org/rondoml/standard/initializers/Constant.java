package org.rondoml.standard.initializers;

import java.util.Arrays;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Initializer;

/**
 * All values are the same.
 *
 * <p>Source: Keras, {@code keras/src/initializers/constant_initializers.py}.
 */
public final class Constant implements Initializer {
  private final double value;

  /** The initializer with its keys. */
  public Constant(Config config) {
    value = config.value();
  }

  @Override
  public double[] initialize(Shape shape, RandomStream random) {
    double[] values = new double[Math.toIntExact(shape.size())];
    Arrays.fill(values, value);
    return values;
  }

  /**
   * The keys.
   *
   * @param value the value
   */
  @Description("All values are the same.")
  @Example("Constant: {value: 0.1}")
  public record Config(@Description("the value") @Default("0.0") double value) {}

  /** Brings {@code Constant}. */
  public static final class Provider implements Initializer.Provider<Config> {
    @Override
    public String id() {
      return "Constant";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Initializer create(Config config, Semantics semantics) {
      return new Constant(config);
    }
  }
}
