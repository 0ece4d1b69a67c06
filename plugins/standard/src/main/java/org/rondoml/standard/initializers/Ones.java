package org.rondoml.standard.initializers;

import java.util.Arrays;
import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Initializer;

/**
 * All values are 1.
 *
 * <p>Source: Keras, {@code keras/src/initializers/constant_initializers.py}.
 */
public final class Ones implements Initializer {
  @Override
  public double[] initialize(Shape shape, RandomStream random) {
    double[] values = new double[Math.toIntExact(shape.size())];
    Arrays.fill(values, 1);
    return values;
  }

  /** The keys. */
  @Description("All values are 1.")
  public record Config() {}

  /** Brings {@code Ones}. */
  public static final class Provider implements Initializer.Provider<Config> {
    @Override
    public String id() {
      return "Ones";
    }

    @Override
    public List<String> aliases() {
      return List.of("one");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Initializer create(Config config, Semantics semantics) {
      return new Ones();
    }
  }
}
