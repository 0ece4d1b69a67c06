package org.rondoml.standard.initializers;

import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Initializer;

/**
 * Truncated normal with stddev sqrt(2 / fan_in); see {@link VarianceScaling}.
 *
 * <p>Source: He et al., "Delving deep into rectifiers", ICCV 2015; Keras, {@code
 * keras/src/initializers/random_initializers.py}.
 */
public final class HeNormal extends VarianceScaling {
  /** The initializer with its keys. */
  public HeNormal(Config config) {
    super(
        new VarianceScaling.Config(
            2,
            VarianceScaling.Mode.FAN_IN,
            VarianceScaling.Distribution.TRUNCATED_NORMAL,
            config.seed()));
  }

  /**
   * The keys.
   *
   * @param seed a seed of its own, or null
   */
  @Description("Truncated normal with stddev sqrt(2 / fan_in).")
  public record Config(
      @Description(
              "a seed of its own: the same values for the same shape every time; null for the"
                  + " model's")
          @Nullable Long seed) {}

  /** Brings {@code HeNormal}. */
  public static final class Provider implements Initializer.Provider<Config> {
    @Override
    public String id() {
      return "HeNormal";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Initializer create(Config config, Semantics semantics) {
      return new HeNormal(config);
    }
  }
}
