package org.rondoml.standard.initializers;

import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Initializer;

/**
 * Uniform in ±sqrt(3 / fan_in); see {@link VarianceScaling}.
 *
 * <p>Source: LeCun et al., "Efficient backprop", 1998; Keras, {@code
 * keras/src/initializers/random_initializers.py}.
 */
public final class LecunUniform extends VarianceScaling {
  /** The initializer with its keys. */
  public LecunUniform(Config config) {
    super(
        new VarianceScaling.Config(
            1, VarianceScaling.Mode.FAN_IN, VarianceScaling.Distribution.UNIFORM, config.seed()));
  }

  /**
   * The keys.
   *
   * @param seed a seed of its own, or null
   */
  @Description("Uniform in ±sqrt(3 / fan_in).")
  public record Config(
      @Description(
              "a seed of its own: the same values for the same shape every time; null for the"
                  + " model's")
          @Nullable Long seed) {}

  /** Brings {@code LecunUniform}. */
  public static final class Provider implements Initializer.Provider<Config> {
    @Override
    public String id() {
      return "LecunUniform";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Initializer create(Config config, Semantics semantics) {
      return new LecunUniform(config);
    }
  }
}
