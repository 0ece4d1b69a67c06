package org.rondoml.standard.initializers;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Initializer;

/**
 * Uniform in [minval, maxval).
 *
 * <p>Source: Keras, {@code keras/src/initializers/random_initializers.py}.
 */
public final class RandomUniform extends RandomInitializer {
  private final Config config;

  /** The initializer with its keys. */
  public RandomUniform(Config config) {
    super(config.seed());
    this.config = config;
  }

  @Override
  double[] draw(Shape shape, RandomStream random) {
    return uniform(shape, random, config.minval(), config.maxval());
  }

  /**
   * The keys.
   *
   * @param minval the smallest value
   * @param maxval the bound above all values
   * @param seed a seed of its own, or null
   */
  @Description("Uniform in [minval, maxval).")
  @Example("RandomUniform: {minval: -0.1, maxval: 0.1}")
  public record Config(
      @Description("the smallest value") @Default("-0.05") double minval,
      @Description("the bound above all values") @Default("0.05") double maxval,
      @Description(
              "a seed of its own: the same values for the same shape every time; null for the"
                  + " model's")
          @Nullable Long seed) {
    /** Checks the bounds. */
    public Config {
      if (!(minval < maxval)) {
        throw new ConfigException(
            "maxval",
            "found minval " + minval + " and maxval " + maxval + ", expected minval < maxval");
      }
    }
  }

  /** Brings {@code RandomUniform}. */
  public static final class Provider implements Initializer.Provider<Config> {
    @Override
    public String id() {
      return "RandomUniform";
    }

    @Override
    public List<String> aliases() {
      return List.of("uniform");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Initializer create(Config config, Semantics semantics) {
      return new RandomUniform(config);
    }
  }
}
