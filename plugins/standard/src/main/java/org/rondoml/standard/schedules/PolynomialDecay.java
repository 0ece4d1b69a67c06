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
 * A learning rate that falls to another along a polynomial, and stays there. With the step t, at
 * most decay_steps:
 *
 * <pre>
 * lr = (initial_learning_rate - end_learning_rate) · (1 - t / decay_steps) ^ power + end_learning_rate
 * </pre>
 *
 * <p>With cycle t has no bound, and decay_steps is the least multiple of itself that t does not
 * exceed: the rate starts again, ever nearer to the end.
 *
 * <p>{@link Graph32} tells how it is rounded.
 *
 * <p>Source: Keras, {@code keras/src/optimizers/schedules/learning_rate_schedule.py}.
 */
public final class PolynomialDecay implements Schedule {
  private final Config config;

  /** The schedule with its keys. */
  public PolynomialDecay(Config config) {
    this.config = config;
  }

  @Override
  public double at(long step) {
    float end = (float) config.endLearningRate();
    float height = (float) config.initialLearningRate() - end;
    float steps = (float) config.decaySteps();
    float t = step;
    float done;
    if (config.cycle()) {
      done = t == 0 ? 0 : t / (steps * Graph32.ceil(t * (1 / steps)));
    } else {
      done = Math.min(t, steps) * (1 / steps);
    }
    float left = 1 - done;
    float power = (float) config.power();
    return end + (power == 3 ? height * left * (left * left) : height * Graph32.pow(left, power));
  }

  /**
   * The keys.
   *
   * @param initialLearningRate the learning rate at first
   * @param decaySteps after how many steps the rate is end_learning_rate
   * @param endLearningRate the learning rate in the end
   * @param power the power of the share of steps that is left
   * @param cycle whether it starts again
   * @param name the schedule's name
   */
  @Description("A learning rate that falls to another along a polynomial.")
  @Example(
      "PolynomialDecay: {initial_learning_rate: 0.1, decay_steps: 1000, end_learning_rate: 0.001}")
  public record Config(
      @Description("the learning rate at first; 0 to begin with a rise") @PositiveOrZero
          double initialLearningRate,
      @Description("after how many steps the rate is end_learning_rate") @Positive
          double decaySteps,
      @Description("the learning rate in the end") @Default("0.0001") @PositiveOrZero
          double endLearningRate,
      @Description("the power of the share of steps that is left") @Default("1.0") @PositiveOrZero
          double power,
      @Description("whether the rate rises and falls again, and again, after decay_steps steps")
          @Default("false")
          boolean cycle,
      @Description("name of the schedule; it is not used") @Nullable String name) {}

  /** Brings {@code PolynomialDecay}. */
  public static final class Provider implements Schedule.Provider<Config> {
    @Override
    public String id() {
      return "PolynomialDecay";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Schedule create(Config config, Semantics semantics) {
      return new PolynomialDecay(config);
    }
  }
}
