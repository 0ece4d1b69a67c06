package org.rondoml.standard.schedules;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Schedule;

/**
 * A learning rate that changes at given steps: {@code values[0]} up to the step {@code
 * boundaries[0]}, that step included, then {@code values[1]} up to {@code boundaries[1]}, and so
 * on.
 *
 * <p>The values are of single precision whatever the model's.
 *
 * <p>Source: Keras, {@code keras/src/optimizers/schedules/learning_rate_schedule.py}.
 */
public final class PiecewiseConstantDecay implements Schedule {
  private final Config config;

  /** The schedule with its keys. */
  public PiecewiseConstantDecay(Config config) {
    this.config = config;
  }

  @Override
  public double at(long step) {
    int piece = 0;
    while (piece < config.boundaries().size() && step > config.boundaries().get(piece)) {
      piece++;
    }
    return config.values().get(piece).floatValue();
  }

  /**
   * The keys.
   *
   * @param boundaries the last steps of each piece but the last
   * @param values the learning rates
   * @param name the schedule's name
   */
  @Description("A learning rate that changes at given steps.")
  @Example("PiecewiseConstantDecay: {boundaries: [1000, 2000], values: [0.1, 0.01, 0.001]}")
  public record Config(
      @Description("the last steps of each piece but the last, rising") @NotEmpty
          List<Long> boundaries,
      @Description("the learning rates, one more than boundaries")
          List<@PositiveOrZero Double> values,
      @Description("name of the schedule; it is not used") @Nullable String name) {
    /** Copies the lists and checks that they fit each other. */
    public Config {
      boundaries = List.copyOf(boundaries);
      values = List.copyOf(values);
      if (values.size() != boundaries.size() + 1) {
        throw new ConfigException(
            "values",
            "found "
                + values.size()
                + " values for "
                + boundaries.size()
                + " boundaries, expected one more than boundaries");
      }
      for (int i = 1; i < boundaries.size(); i++) {
        if (boundaries.get(i) <= boundaries.get(i - 1)) {
          throw new ConfigException(
              "boundaries",
              "found "
                  + boundaries.get(i)
                  + " after "
                  + boundaries.get(i - 1)
                  + ", expected rising steps");
        }
      }
    }
  }

  /** Brings {@code PiecewiseConstantDecay}. */
  public static final class Provider implements Schedule.Provider<Config> {
    @Override
    public String id() {
      return "PiecewiseConstantDecay";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Schedule create(Config config, Semantics semantics) {
      return new PiecewiseConstantDecay(config);
    }
  }
}
