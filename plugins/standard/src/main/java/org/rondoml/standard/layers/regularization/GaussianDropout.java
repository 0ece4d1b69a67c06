package org.rondoml.standard.layers.regularization;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Layer;

/**
 * Multiplies by normal noise around 1 while training:
 *
 * <pre>
 * noise = normal, mean 1, standard deviation sqrt(rate / (1 - rate))
 * y     = x · noise
 * dx    = dy · noise
 * </pre>
 *
 * <p>So the variance is that of {@link Dropout} at the same rate. In inference the output is the
 * input itself. Any shape. Srivastava et al., "Dropout: a simple way to prevent neural networks
 * from overfitting", JMLR 15, 2014, section 10. Source: Keras, {@code
 * keras/src/layers/regularization/gaussian_dropout.py}.
 */
public final class GaussianDropout extends Noise {
  private final double stddev;

  /** The layer with its keys. */
  public GaussianDropout(Config config) {
    super(config.rate() > 0, null, config.seed());
    stddev = Math.sqrt(config.rate() / (1 - config.rate()));
  }

  @Override
  void draw(RandomStream random, Vec noise) {
    for (int k = 0; k < noise.length(); k++) {
      noise.set(k, 1 + stddev * random.nextGaussian());
    }
  }

  @Override
  void apply(Vec x, Vec noise, Vec y) {
    y.multiply(x, noise);
  }

  @Override
  void gradient(Vec dy, Vec noise, Vec dx) {
    dx.multiply(dy, noise);
  }

  /**
   * The keys.
   *
   * @param rate the rate of the dropout whose variance the noise has
   * @param seed another seed, other noise; null for the model's
   */
  @Description(
      "Multiplies by normal noise around 1 while training, of the variance that dropout has; does"
          + " nothing in inference.")
  @Example("GaussianDropout: 0.1")
  public record Config(
      @Description(
              "the rate of the dropout whose variance the noise has: its standard deviation is"
                  + " sqrt(rate / (1 - rate))")
          @DecimalMin("0")
          @DecimalMax(value = "1", inclusive = false)
          double rate,
      @Description("mixed into the model's seed: another number gives other noise")
          @Nullable Long seed) {}

  /** Brings {@code GaussianDropout}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "GaussianDropout";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new GaussianDropout(config);
    }
  }
}
