package org.rondoml.standard.initializers;

import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Initializer;

/**
 * Truncated normal with stddev sqrt(2 / (fan_in + fan_out)); see {@link VarianceScaling}.
 *
 * <p>Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
 * networks", AISTATS 2010; Keras, {@code keras/src/initializers/random_initializers.py}.
 */
public final class GlorotNormal extends VarianceScaling {
  /** The initializer with its keys. */
  public GlorotNormal(Config config) {
    super(
        new VarianceScaling.Config(
            1,
            VarianceScaling.Mode.FAN_AVG,
            VarianceScaling.Distribution.TRUNCATED_NORMAL,
            config.seed()));
  }

  /**
   * The keys.
   *
   * @param seed a seed of its own, or null
   */
  @Description("Truncated normal with stddev sqrt(2 / (fan_in + fan_out)).")
  public record Config(
      @Description(
              "a seed of its own: the same values for the same shape every time; null for the"
                  + " model's")
          @Nullable Long seed) {}

  /** Brings {@code GlorotNormal}. */
  public static final class Provider implements Initializer.Provider<Config> {
    @Override
    public String id() {
      return "GlorotNormal";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Initializer create(Config config, Semantics semantics) {
      return new GlorotNormal(config);
    }
  }
}
