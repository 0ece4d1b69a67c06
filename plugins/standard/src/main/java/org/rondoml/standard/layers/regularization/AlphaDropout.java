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
 * Sets elements to the limit of SELU at random while training, and keeps mean and variance of what
 * has mean 0 and variance 1:
 *
 * <pre>
 * keep = 0 with probability rate, else 1
 * low  = -1.6732632423543772 · 1.0507009873554805      SELU's limit for very negative x
 * a    = 1 / sqrt((1 - rate) (1 + rate low²))
 * b    = -a low rate
 * y    = a (x · keep + low (1 - keep)) + b
 * dx   = a dy · keep
 * </pre>
 *
 * <p>In inference the output is the input itself. Any shape. Klambauer et al., "Self-normalizing
 * neural networks", NIPS 2017. Source: Keras, {@code
 * keras/src/layers/regularization/alpha_dropout.py}.
 */
public final class AlphaDropout extends Noise {
  private static final double LOW = -1.6732632423543772848 * 1.0507009873554804934;

  private final double rate;
  private final double a;
  private final double b;

  /** The layer with its keys. */
  public AlphaDropout(Config config) {
    super(config.rate() > 0, config.noiseShape(), config.seed());
    rate = config.rate();
    a = 1 / Math.sqrt((1 - rate) * (1 + rate * LOW * LOW));
    b = -a * LOW * rate;
  }

  @Override
  void draw(RandomStream random, Vec noise) {
    noise.drop(random, rate, 1);
  }

  @Override
  void apply(Vec x, Vec keep, Vec y) {
    y.multiply(x, keep);
    y.affine(y, a, a * LOW + b).addScaled(keep, -a * LOW);
  }

  @Override
  void gradient(Vec dy, Vec keep, Vec dx) {
    dx.multiply(dy, keep);
    dx.scale(dx, a);
  }

  /**
   * The keys.
   *
   * @param rate the probability of setting an element to the limit
   * @param noiseShape the shape of what is drawn, the batch axis first
   * @param seed another seed, other elements; null for the model's
   */
  @Description(
      "Sets elements to the limit of SELU at random while training and keeps mean and variance;"
          + " does nothing in inference.")
  @Example("AlphaDropout: 0.1")
  public record Config(
      @Description("the probability of setting an element to SELU's limit")
          @DecimalMin("0")
          @DecimalMax(value = "1", inclusive = false)
          double rate,
      @Description(
              "for the batch axis and each of the input's 1 where all share what is dropped, null"
                  + " where each has its own; null for the shape of the input")
          @Nullable Shape noiseShape,
      @Description("mixed into the model's seed: another number drops other elements")
          @Nullable Long seed) {}

  /** Brings {@code AlphaDropout}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "AlphaDropout";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new AlphaDropout(config);
    }
  }
}
