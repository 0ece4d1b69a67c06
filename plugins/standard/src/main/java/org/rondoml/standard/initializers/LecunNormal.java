package org.rondoml.standard.initializers;

import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Initializer;

/**
 * Truncated normal with stddev sqrt(1 / fan_in); see {@link VarianceScaling}.
 *
 * <p>Source: LeCun et al., "Efficient backprop", 1998; Keras, {@code
 * keras/src/initializers/random_initializers.py}.
 */
public final class LecunNormal extends VarianceScaling {
  /** The initializer with its keys. */
  public LecunNormal(Config config) {
    super(
        new VarianceScaling.Config(
            1,
            VarianceScaling.Mode.FAN_IN,
            VarianceScaling.Distribution.TRUNCATED_NORMAL,
            config.seed()));
  }

  /**
   * The keys.
   *
   * @param seed a seed of its own, or null
   */
  @Description("Truncated normal with stddev sqrt(1 / fan_in).")
  public record Config(
      @Description(
              "a seed of its own: the same values for the same shape every time; null for the"
                  + " model's")
          @Nullable Long seed) {}

  /** Brings {@code LecunNormal}. */
  public static final class Provider implements Initializer.Provider<Config> {
    @Override
    public String id() {
      return "LecunNormal";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Initializer create(Config config, Semantics semantics) {
      return new LecunNormal(config);
    }
  }
}
