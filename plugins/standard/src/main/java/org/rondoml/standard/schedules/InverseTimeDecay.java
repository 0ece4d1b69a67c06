package org.rondoml.standard.schedules;

import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Schedule;

/**
 * A learning rate that falls with the inverse of time. At step t:
 *
 * <pre>
 * lr = initial_learning_rate / (1 + decay_rate · t / decay_steps)
 * </pre>
 *
 * <p>With staircase the quotient t / decay_steps is rounded down.
 *
 * <p>{@link Graph32} tells how it is rounded.
 *
 * <p>Source: Keras, {@code keras/src/optimizers/schedules/learning_rate_schedule.py}.
 */
public final class InverseTimeDecay implements Schedule {
  private final Config config;

  /** The schedule with its keys. */
  public InverseTimeDecay(Config config) {
    this.config = config;
  }

  @Override
  public double at(long step) {
    float ofStep = 1 / (float) config.decaySteps();
    float rate = (float) config.decayRate();
    float grown = config.staircase() ? rate * Graph32.floor(step * ofStep) : rate * ofStep * step;
    return (float) config.initialLearningRate() / (1 + grown);
  }

  /**
   * The keys.
   *
   * @param initialLearningRate the learning rate at first
   * @param decaySteps after how many steps decay_rate is added to the divisor
   * @param decayRate what is added
   * @param staircase whether the rate falls in steps
   * @param name the schedule's name
   */
  @Description("A learning rate that falls with the inverse of time.")
  @Example("InverseTimeDecay: {initial_learning_rate: 0.1, decay_steps: 1000, decay_rate: 0.5}")
  public record Config(
      @Description("the learning rate at first") @Positive double initialLearningRate,
      @Description("after how many steps decay_rate is added to the divisor") @Positive
          double decaySteps,
      @Description("what is added to the divisor every decay_steps steps") @PositiveOrZero
          double decayRate,
      @Description("whether the rate falls at once after decay_steps steps, not bit by bit")
          @Default("false")
          boolean staircase,
      @Description("name of the schedule; it is not used") @Nullable String name) {}

  /** Brings {@code InverseTimeDecay}. */
  public static final class Provider implements Schedule.Provider<Config> {
    @Override
    public String id() {
      return "InverseTimeDecay";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Schedule create(Config config, Semantics semantics) {
      return new InverseTimeDecay(config);
    }
  }
}
