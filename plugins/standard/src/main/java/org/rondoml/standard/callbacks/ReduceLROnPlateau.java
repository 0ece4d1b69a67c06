package org.rondoml.standard.callbacks;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Alias;
import org.rondoml.core.spi.Callback;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;

/**
 * Lowers the learning rate when a figure has stopped improving:
 *
 * <pre>
 * after an epoch, with rate the learning rate of its steps:
 *   cooling = max(0, cooling - 1), and wait = 0 where it was above 0
 *   better than the best by more than min_delta:  best = figure, wait = 0
 *   otherwise, where cooling = 0:                 wait = wait + 1
 *   wait ≥ patience and rate > min_lr:            rate = max(factor · rate, min_lr)
 *                                                 cooling = cooldown, wait = 0
 * </pre>
 *
 * <p>The rate that the epoch's steps had is logged, as {@code learning_rate}, in tf1 and tf2 as
 * {@code lr}. The optimizer's own must be a number, no schedule. A figure that is not a number is
 * never the best, as in tf_keras; in Keras 3 it is where it comes first, and then stays so.
 *
 * <p>Source: Keras, {@code keras/src/callbacks/reduce_lr_on_plateau.py}; tf_keras, {@code
 * tf_keras/src/callbacks.py}.
 */
public final class ReduceLROnPlateau implements Callback {
  private final Config config;
  private final Monitor monitor;
  private final LearningRate learningRate;

  /**
   * The callback with its keys.
   *
   * @param semantics whose name and rounding of the rate it has
   */
  public ReduceLROnPlateau(Config config, Semantics semantics) {
    this.config = config;
    monitor =
        new Monitor(
            config.monitor(),
            config.mode(),
            config.minDelta(),
            semantics,
            name -> name.contains("acc"));
    learningRate = new LearningRate(semantics);
  }

  @Override
  public void check(Set<String> logs) {
    monitor.check(logs);
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
    return new Watch(run);
  }

  private final class Watch implements Session {
    private static final String BEST = "best";
    private static final String WAIT = "wait";
    private static final String COOLING = "cooling";

    private final Run run;
    private @Nullable Double best;
    private int wait;
    private int cooling;

    private Watch(Run run) {
      this.run = run;
    }

    @Override
    public void epochEnd(int epoch, Map<String, Double> logs) {
      learningRate.log(run, logs);
      Double current = monitor.value(logs);
      if (current == null) {
        return;
      }
      if (cooling > 0) {
        cooling--;
        wait = 0;
      }
      if (monitor.isBetter(current, best)) {
        best = current;
        wait = 0;
      } else if (cooling == 0) {
        wait++;
        // Keras compares with the bound in 32 bits, whatever the precision.
        if (wait >= config.patience() && learningRate.of(run) > (float) config.minLr()) {
          reduce(epoch);
        }
      }
    }

    private void reduce(int epoch) {
      learningRate.set(run, Math.max(learningRate.scaled(run, config.factor()), config.minLr()));
      cooling = config.cooldown();
      wait = 0;
      if (config.verbose() > 0) {
        run.say(
            "Epoch "
                + (epoch + 1)
                + ": ReduceLROnPlateau reducing learning rate to "
                + PythonFloat.text(learningRate.of(run))
                + ".");
      }
    }

    @Override
    public Map<String, Double> state() {
      Map<String, Double> state = new HashMap<>();
      if (best != null) {
        state.put(BEST, best);
      }
      state.put(WAIT, (double) wait);
      state.put(COOLING, (double) cooling);
      return state;
    }

    @Override
    public void restore(Map<String, Double> state) {
      best = state.get(BEST);
      wait = state.getOrDefault(WAIT, 0.0).intValue();
      cooling = state.getOrDefault(COOLING, 0.0).intValue();
    }
  }

  /**
   * The keys.
   *
   * @param monitor the logged figure to watch
   * @param factor what the rate is multiplied by
   * @param patience epochs without improvement before the rate falls
   * @param verbose 1 to say when the callback acts, 0 to be silent
   * @param mode which way the figure improves
   * @param minDelta how much better counts as better
   * @param cooldown epochs after a reduction that don't count
   * @param minLr the least rate
   */
  @Description("Lowers the learning rate when a figure has stopped improving.")
  @Example("ReduceLROnPlateau: {monitor: val_loss, factor: 0.5, patience: 2}")
  public record Config(
      @Description("the logged figure to watch") @Default("val_loss") String monitor,
      @Description("what the learning rate is multiplied by")
          @Default("0.1")
          @DecimalMin("0")
          @DecimalMax(value = "1", inclusive = false)
          double factor,
      @Description("how many epochs without improvement the learning rate stays")
          @Default("10")
          @PositiveOrZero
          int patience,
      @Description("1 to say when the callback acts, 0 to be silent") @Default("0") @Min(0) @Max(1)
          int verbose,
      @Description("which way the figure improves: min, max, or auto to tell by its name")
          @Default("auto")
          Mode mode,
      @Description("how much better a value has to be to count as an improvement")
          @Default("1e-4")
          @Alias(
              value = "epsilon",
              in = {Semantics.TF1, Semantics.TF2})
          @PositiveOrZero
          double minDelta,
      @Description("how many epochs after a reduction don't count as ones without improvement")
          @Default("0")
          @PositiveOrZero
          int cooldown,
      @Description("the least learning rate") @Default("0.0") @PositiveOrZero double minLr) {}

  /** Brings {@code ReduceLROnPlateau}. */
  public static final class Provider implements Callback.Provider<Config> {
    @Override
    public String id() {
      return "ReduceLROnPlateau";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Callback create(Config config, Semantics semantics) {
      return new ReduceLROnPlateau(config, semantics);
    }
  }
}
