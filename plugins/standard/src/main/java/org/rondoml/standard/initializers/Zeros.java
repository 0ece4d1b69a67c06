package org.rondoml.standard.initializers;

import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Initializer;

/**
 * All values are 0.
 *
 * <p>Source: Keras, {@code keras/src/initializers/constant_initializers.py}.
 */
public final class Zeros implements Initializer {
  @Override
  public double[] initialize(Shape shape, RandomStream random) {
    return new double[Math.toIntExact(shape.size())];
  }

  /** The keys. */
  @Description("All values are 0.")
  public record Config() {}

  /** Brings {@code Zeros}. */
  public static final class Provider implements Initializer.Provider<Config> {
    @Override
    public String id() {
      return "Zeros";
    }

    @Override
    public List<String> aliases() {
      return List.of("zero");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Initializer create(Config config, Semantics semantics) {
      return new Zeros();
    }
  }
}
