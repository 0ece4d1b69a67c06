package org.rondoml.standard.callbacks;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Map;
import java.util.Set;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Callback;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Schedule;

/**
 * Sets the learning rate at the beginning of every epoch:
 *
 * <pre>
 * rate = schedule(epoch), with epochs counted from 0
 * </pre>
 *
 * <p>Where Keras takes a function of Python, this takes one of the schedules that an optimizer
 * takes; what that calls steps are epochs here. The rate is logged, as {@code learning_rate}, in
 * tf1 and tf2 as {@code lr}. The optimizer's own must be a number, no schedule.
 *
 * <p>Source: Keras, {@code keras/src/callbacks/learning_rate_scheduler.py}.
 */
public final class LearningRateScheduler implements Callback {
  private final Config config;
  private final LearningRate learningRate;

  /**
   * The callback with its keys.
   *
   * @param semantics whose name and rounding of the rate it has
   */
  public LearningRateScheduler(Config config, Semantics semantics) {
    this.config = config;
    learningRate = new LearningRate(semantics);
  }

  @Override
  public Set<String> addedLogs() {
    return Set.of(learningRate.logName());
  }

  @Override
  public boolean setsLearningRate() {
    return true;
  }

  @Override
  public Session start(Run run) {
    return new Session() {
      @Override
      public void epochBegin(int epoch) {
        double rate = config.schedule().at(epoch);
        learningRate.set(run, rate);
        if (config.verbose() > 0) {
          run.say(
              "Epoch "
                  + (epoch + 1)
                  + ": LearningRateScheduler setting learning rate to "
                  + PythonFloat.text(rate)
                  + ".");
        }
      }

      @Override
      public void epochEnd(int epoch, Map<String, Double> logs) {
        learningRate.log(run, logs);
      }
    };
  }

  /**
   * The keys.
   *
   * @param schedule the learning rate as a function of the epoch
   * @param verbose 1 to say when the callback acts, 0 to be silent
   */
  @Description("Sets the learning rate at the beginning of every epoch, by a schedule.")
  @Example(
      "LearningRateScheduler: {ExponentialDecay: {initial_learning_rate: 0.01, decay_steps: 10, decay_rate: 0.5}}")
  public record Config(
      @Description("the learning rate as a function of the epoch, counted from 0")
          Schedule schedule,
      @Description("1 to say when the callback acts, 0 to be silent") @Default("0") @Min(0) @Max(1)
          int verbose) {}

  /** Brings {@code LearningRateScheduler}. */
  public static final class Provider implements Callback.Provider<Config> {
    @Override
    public String id() {
      return "LearningRateScheduler";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Callback create(Config config, Semantics semantics) {
      return new LearningRateScheduler(config, semantics);
    }
  }
}
