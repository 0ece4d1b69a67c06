package org.rondoml.standard.schedules;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Schedule;

/**
 * A learning rate that falls along half a wave of the cosine, after a warm-up where one is asked
 * for. Without warm-up, at step t, at most decay_steps:
 *
 * <pre>
 * lr = initial_learning_rate · ((1 - alpha) · 0.5 · (1 + cos(π · t / decay_steps)) + alpha)
 * </pre>
 *
 * <p>With a warmup_target the rate first goes there from the initial one, in warmup_steps equal
 * steps, and falls from there.
 *
 * <p>Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR 2017.
 *
 * <p>{@link Graph32} tells how it is rounded.
 *
 * <p>Source: Keras, {@code keras/src/optimizers/schedules/learning_rate_schedule.py}.
 */
public final class CosineDecay implements Schedule {
  private final Config config;

  /** The schedule with its keys. */
  public CosineDecay(Config config) {
    this.config = config;
  }

  @Override
  public double at(long step) {
    float initial = (float) config.initialLearningRate();
    float decaySteps = (float) config.decaySteps();
    Double target = config.warmupTarget();
    if (target == null) {
      return decayed(Graph32.PI * (1 / decaySteps) * Math.min((float) step, decaySteps), initial);
    }
    float warmupSteps = (float) config.warmupSteps();
    float t = Math.min((float) step, decaySteps + warmupSteps);
    float peak = target.floatValue();
    return t < warmupSteps
        ? (peak - initial) * (t / warmupSteps) + initial
        : decayed(Graph32.PI * ((t - warmupSteps) / decaySteps), peak);
  }

  private double decayed(float angle, float from) {
    float wave = 0.5f * (1 + Graph32.cos(angle));
    return from * ((float) (1 - config.alpha()) * wave + (float) config.alpha());
  }

  /**
   * The keys.
   *
   * @param initialLearningRate the learning rate at first
   * @param decaySteps how many steps it falls
   * @param alpha the share of the rate that is left in the end
   * @param name the schedule's name
   * @param warmupTarget the rate after the warm-up
   * @param warmupSteps how many steps the warm-up takes
   */
  @Description(
      "A learning rate that falls along half a wave of the cosine, after a warm-up or not.")
  @Example("CosineDecay: {initial_learning_rate: 0.1, decay_steps: 1000, alpha: 0.01}")
  public record Config(
      @Description("the learning rate at first") @PositiveOrZero double initialLearningRate,
      @Description("how many steps it falls") @Positive double decaySteps,
      @Description("the share of the rate that is left in the end")
          @Default("0.0")
          @DecimalMin("0")
          @DecimalMax("1")
          double alpha,
      @Description("name of the schedule; it is not used") @Nullable String name,
      @Description("the rate after the warm-up; null for no warm-up") @Positive
          @Nullable Double warmupTarget,
      @Description("how many steps the warm-up takes") @Default("0") @PositiveOrZero
          double warmupSteps) {
    /** Checks that a warm-up has both its target and its steps. */
    public Config {
      if (warmupTarget == null && warmupSteps > 0) {
        throw new ConfigException(
            "warmup_steps",
            "has no effect without warmup_target, the rate to go to: set it, or drop warmup_steps");
      }
    }
  }

  /** Brings {@code CosineDecay}. */
  public static final class Provider implements Schedule.Provider<Config> {
    @Override
    public String id() {
      return "CosineDecay";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Schedule create(Config config, Semantics semantics) {
      return new CosineDecay(config);
    }
  }
}
