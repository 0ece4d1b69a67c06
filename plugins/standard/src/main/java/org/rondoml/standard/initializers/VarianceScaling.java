package org.rondoml.standard.initializers;

import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Initializer;

/**
 * Draws with a variance that fits the number of connections n:
 *
 * <ul>
 *   <li>uniform: in ±sqrt(3 scale / n)
 *   <li>truncated_normal, also written normal: stddev sqrt(scale / n) after values beyond two
 *       standard deviations were drawn again
 *   <li>untruncated_normal: stddev sqrt(scale / n)
 * </ul>
 *
 * <p>with n = fan_in, fan_out or their mean. A kernel of shape (..., in, out) has fan_in = in times
 * the sizes in front, fan_out likewise; a vector has its length for both.
 *
 * <p>Source: Keras, {@code keras/src/initializers/random_initializers.py}.
 */
public sealed class VarianceScaling extends RandomInitializer
    permits GlorotNormal, GlorotUniform, HeNormal, HeUniform, LecunNormal, LecunUniform {
  /** The standard deviation of a standard normal distribution without what lies beyond two. */
  private static final double TRUNCATED_STDDEV = 0.87962566103423978;

  private final Config config;

  /** The initializer with its keys. */
  public VarianceScaling(Config config) {
    super(config.seed());
    this.config = config;
  }

  /** Which connections count. */
  public enum Mode {
    /** Those that come in. */
    FAN_IN,
    /** Those that go out. */
    FAN_OUT,
    /** The mean of both. */
    FAN_AVG
  }

  /** What is drawn from. */
  public enum Distribution {
    /** Uniform around 0. */
    UNIFORM,
    /** Another name of {@link #TRUNCATED_NORMAL}. */
    NORMAL,
    /** Normal; what lies beyond two standard deviations is drawn again. */
    TRUNCATED_NORMAL,
    /** Normal. */
    UNTRUNCATED_NORMAL
  }

  @Override
  double[] draw(Shape shape, RandomStream random) {
    double variance = config.scale() / Math.max(1.0, connections(shape));
    return switch (config.distribution()) {
      case UNIFORM -> {
        double limit = Math.sqrt(3 * variance);
        yield uniform(shape, random, -limit, limit);
      }
      case NORMAL, TRUNCATED_NORMAL ->
          truncatedNormal(shape, random, 0, Math.sqrt(variance) / TRUNCATED_STDDEV);
      case UNTRUNCATED_NORMAL -> normal(shape, random, 0, Math.sqrt(variance));
    };
  }

  private double connections(Shape shape) {
    double in = fan(shape, shape.rank() - 2);
    double out = fan(shape, shape.rank() - 1);
    return switch (config.mode()) {
      case FAN_IN -> in;
      case FAN_OUT -> out;
      case FAN_AVG -> (in + out) / 2;
    };
  }

  /** The size of one of the last two axes times the sizes in front of both. */
  private static double fan(Shape shape, int axis) {
    if (shape.rank() < 2) {
      return shape.size();
    }
    double fan = shape.dimension(axis);
    for (int front = 0; front < shape.rank() - 2; front++) {
      fan *= shape.dimension(front);
    }
    return fan;
  }

  /**
   * The keys.
   *
   * @param scale scales the variance
   * @param mode which connections count
   * @param distribution what is drawn from
   * @param seed a seed of its own, or null
   */
  @Description("Draws with a variance that fits the number of connections.")
  @Example("VarianceScaling: {scale: 2.0, mode: fan_in, distribution: uniform}")
  public record Config(
      @Description("scales the variance") @Default("1.0") @Positive double scale,
      @Description("which connections count: fan_in, fan_out or fan_avg") @Default("fan_in")
          Mode mode,
      @Description("uniform, truncated_normal (or normal) or untruncated_normal")
          @Default("truncated_normal")
          Distribution distribution,
      @Description(
              "a seed of its own: the same values for the same shape every time; null for the"
                  + " model's")
          @Nullable Long seed) {}

  /** Brings {@code VarianceScaling}. */
  public static final class Provider implements Initializer.Provider<Config> {
    @Override
    public String id() {
      return "VarianceScaling";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Initializer create(Config config, Semantics semantics) {
      return new VarianceScaling(config);
    }
  }
}
