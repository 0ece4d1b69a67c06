package org.rondoml.standard.schedules;

import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Schedule;

/**
 * A learning rate that falls by a factor every so many steps. At step t:
 *
 * <pre>
 * lr = initial_learning_rate · decay_rate ^ (t / decay_steps)
 * </pre>
 *
 * <p>With staircase the exponent is rounded down.
 *
 * <p>{@link Graph32} tells how it is rounded.
 *
 * <p>Source: Keras, {@code keras/src/optimizers/schedules/learning_rate_schedule.py}.
 */
public final class ExponentialDecay implements Schedule {
  private final Config config;

  /** The schedule with its keys. */
  public ExponentialDecay(Config config) {
    this.config = config;
  }

  @Override
  public double at(long step) {
    float p = step * (1 / (float) config.decaySteps());
    if (config.staircase()) {
      p = Graph32.floor(p);
    }
    return (float) config.initialLearningRate() * Graph32.pow((float) config.decayRate(), p);
  }

  /**
   * The keys.
   *
   * @param initialLearningRate the learning rate at first
   * @param decaySteps after how many steps the factor is decay_rate
   * @param decayRate the factor
   * @param staircase whether the rate falls in steps
   * @param name the schedule's name
   */
  @Description("A learning rate that falls by a factor every so many steps.")
  @Example("ExponentialDecay: {initial_learning_rate: 0.1, decay_steps: 1000, decay_rate: 0.96}")
  public record Config(
      @Description("the learning rate at first") @Positive double initialLearningRate,
      @Description("after how many steps the factor is decay_rate") @Positive double decaySteps,
      @Description("the factor after decay_steps steps") @Positive double decayRate,
      @Description("whether the rate falls at once after decay_steps steps, not bit by bit")
          @Default("false")
          boolean staircase,
      @Description("name of the schedule; it is not used") @Nullable String name) {}

  /** Brings {@code ExponentialDecay}. */
  public static final class Provider implements Schedule.Provider<Config> {
    @Override
    public String id() {
      return "ExponentialDecay";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Schedule create(Config config, Semantics semantics) {
      return new ExponentialDecay(config);
    }
  }
}
