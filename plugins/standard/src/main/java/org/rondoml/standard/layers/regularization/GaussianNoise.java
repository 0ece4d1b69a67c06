package org.rondoml.standard.layers.regularization;

import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Layer;

/**
 * Adds normal noise while training:
 *
 * <pre>
 * noise = normal, mean 0, standard deviation stddev
 * y     = x + noise
 * dx    = dy
 * </pre>
 *
 * <p>In inference the output is the input itself. Any shape. Source: Keras, {@code
 * keras/src/layers/regularization/gaussian_noise.py}.
 */
public final class GaussianNoise extends Noise {
  private final double stddev;

  /** The layer with its keys. */
  public GaussianNoise(Config config) {
    super(config.stddev() > 0, null, config.seed());
    stddev = config.stddev();
  }

  @Override
  void draw(RandomStream random, Vec noise) {
    for (int k = 0; k < noise.length(); k++) {
      noise.set(k, stddev * random.nextGaussian());
    }
  }

  @Override
  void apply(Vec x, Vec noise, Vec y) {
    y.add(x, noise);
  }

  @Override
  void gradient(Vec dy, Vec noise, Vec dx) {
    dx.copy(dy);
  }

  /**
   * The keys.
   *
   * @param stddev the standard deviation of the noise
   * @param seed another seed, other noise; null for the model's
   */
  @Description("Adds normal noise while training; does nothing in inference.")
  @Example("GaussianNoise: 0.1")
  public record Config(
      @Description("the standard deviation of the noise; in keras3 1 at most") @PositiveOrZero
          double stddev,
      @Description("mixed into the model's seed: another number gives other noise")
          @Nullable Long seed) {}

  /** Brings {@code GaussianNoise}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "GaussianNoise";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      if (semantics == Semantics.KERAS3 && config.stddev() > 1) {
        throw new ConfigException(
            "stddev",
            "found "
                + config.stddev()
                + ", expected a number from 0 to 1: Keras 3 takes no more; semantics: tf2 does");
      }
      return new GaussianNoise(config);
    }
  }
}
