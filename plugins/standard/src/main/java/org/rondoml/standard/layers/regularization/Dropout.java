package org.rondoml.standard.layers.regularization;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Layer;

/**
 * Drops elements at random while training:
 *
 * <pre>
 * noise = 0 with probability rate, else 1 / (1 - rate)
 * y     = x · noise
 * dx    = dy · noise
 * </pre>
 *
 * <p>So the expected value stays. In inference the output is the input itself. Any shape.
 * Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", JMLR 15,
 * 2014. Source: Keras, {@code keras/src/layers/regularization/dropout.py}.
 */
public final class Dropout extends Noise {
  private final double rate;

  /** The layer with its keys. */
  public Dropout(Config config) {
    super(config.rate() > 0, config.noiseShape(), config.seed());
    rate = config.rate();
  }

  @Override
  void draw(RandomStream random, Vec noise) {
    noise.drop(random, rate, 1 / (1 - rate));
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
   * @param rate the probability of dropping an element
   * @param noiseShape the shape of the noise, the batch axis first
   * @param seed another seed, other elements; null for the model's
   */
  @Description(
      "Drops elements at random while training and scales the others up; does nothing in"
          + " inference.")
  @Example("Dropout: 0.2")
  public record Config(
      @Description("the probability of dropping an element")
          @DecimalMin("0")
          @DecimalMax(value = "1", inclusive = false)
          double rate,
      @Description(
              "for the batch axis and each of the input's 1 where all share what is dropped, null"
                  + " where each has its own: [null, 1, null] drops features of a sequence in all"
                  + " its steps; null for the shape of the input")
          @Nullable Shape noiseShape,
      @Description("mixed into the model's seed: another number drops other elements")
          @Nullable Long seed) {}

  /** Brings {@code Dropout}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "Dropout";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new Dropout(config);
    }
  }
}
