package org.rondoml.standard.initializers;

import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Initializer;

/**
 * Normal with a mean and a standard deviation.
 *
 * <p>Source: Keras, {@code keras/src/initializers/random_initializers.py}.
 */
public final class RandomNormal extends RandomInitializer {
  private final Config config;

  /** The initializer with its keys. */
  public RandomNormal(Config config) {
    super(config.seed());
    this.config = config;
  }

  @Override
  double[] draw(Shape shape, RandomStream random) {
    return normal(shape, random, config.mean(), config.stddev());
  }

  /**
   * The keys.
   *
   * @param mean the mean
   * @param stddev the standard deviation
   * @param seed a seed of its own, or null
   */
  @Description("Normal with a mean and a standard deviation.")
  @Example("RandomNormal: {stddev: 0.01}")
  public record Config(
      @Description("the mean") @Default("0.0") double mean,
      @Description("the standard deviation") @Default("0.05") @PositiveOrZero double stddev,
      @Description(
              "a seed of its own: the same values for the same shape every time; null for the"
                  + " model's")
          @Nullable Long seed) {}

  /** Brings {@code RandomNormal}. */
  public static final class Provider implements Initializer.Provider<Config> {
    @Override
    public String id() {
      return "RandomNormal";
    }

    @Override
    public List<String> aliases() {
      return List.of("normal");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Initializer create(Config config, Semantics semantics) {
      return new RandomNormal(config);
    }
  }
}
