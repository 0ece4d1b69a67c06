package org.rondoml.standard.callbacks;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Callback;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;

/**
 * Stops training when a figure has stopped improving:
 *
 * <pre>
 * after an epoch, from start_from_epoch on:
 *   wait = wait + 1
 *   better than the best by more than min_delta:  best = figure, its weights are the best
 *     and better than the baseline by as much:    wait = 0
 *   otherwise, where wait ≥ patience:             stop, but never after the first epoch
 * </pre>
 *
 * <p>Without a baseline every improvement starts the waiting anew. With {@code
 * restore_best_weights} the model ends with the best weights, whether training was stopped or not;
 * where nothing was ever better, with those of the first epoch that was watched. A figure that is
 * not a number is never the best, as in tf_keras; in Keras 3 it is where it comes first, and then
 * stays so.
 *
 * <p>Source: Keras, {@code keras/src/callbacks/early_stopping.py}; tf_keras, {@code
 * tf_keras/src/callbacks.py}.
 */
public final class EarlyStopping implements Callback {
  private final Config config;
  private final Monitor monitor;

  /**
   * The callback with its keys.
   *
   * @param semantics whose guess at the mode it has
   */
  public EarlyStopping(Config config, Semantics semantics) {
    this.config = config;
    monitor =
        new Monitor(
            config.monitor(),
            config.mode(),
            config.minDelta(),
            semantics,
            name -> name.endsWith("acc") || name.endsWith("accuracy") || name.endsWith("auc"));
  }

  @Override
  public void check(Set<String> logs) {
    monitor.check(logs);
  }

  @Override
  public Session start(Run run) {
    return new Watch(run);
  }

  private final class Watch implements Session {
    private static final String BEST = "best";
    private static final String BEST_EPOCH = "best_epoch";
    private static final String WAIT = "wait";
    private static final String STOPPED_EPOCH = "stopped_epoch";

    private final Run run;
    private @Nullable Double best;
    private @Nullable Object bestWeights;
    private int bestEpoch;
    private int wait;
    private int stoppedEpoch;

    private Watch(Run run) {
      this.run = run;
    }

    @Override
    public void epochEnd(int epoch, Map<String, Double> logs) {
      Double current = monitor.value(logs);
      if (current == null || epoch < config.startFromEpoch()) {
        return;
      }
      wait++;
      boolean isBetter = monitor.isBetter(current, best);
      if (isBetter || bestWeights == null) {
        // Where nothing is ever better, the first epoch's weights are the best.
        keepWeights(epoch);
      }
      if (isBetter) {
        best = current;
        if (config.baseline() == null || monitor.isBetter(current, config.baseline())) {
          wait = 0;
        }
        return;
      }
      if (wait >= config.patience() && epoch > 0) {
        stoppedEpoch = epoch;
        run.stop();
      }
    }

    private void keepWeights(int epoch) {
      if (config.restoreBestWeights()) {
        bestEpoch = epoch;
        bestWeights = run.copyWeights();
      }
    }

    @Override
    public void trainEnd() {
      if (stoppedEpoch > 0 && config.verbose() > 0) {
        run.say("Epoch " + (stoppedEpoch + 1) + ": early stopping");
      }
      Object weights = bestWeights;
      if (weights != null) {
        if (config.verbose() > 0) {
          run.say(
              "Restoring model weights from the end of the best epoch: " + (bestEpoch + 1) + ".");
        }
        run.restoreWeights(weights);
      }
    }

    @Override
    public Map<String, Double> state() {
      Map<String, Double> state = new HashMap<>();
      if (best != null) {
        state.put(BEST, best);
      }
      state.put(BEST_EPOCH, (double) bestEpoch);
      state.put(WAIT, (double) wait);
      state.put(STOPPED_EPOCH, (double) stoppedEpoch);
      return state;
    }

    @Override
    public void restore(Map<String, Double> state) {
      best = state.get(BEST);
      bestEpoch = state.getOrDefault(BEST_EPOCH, 0.0).intValue();
      wait = state.getOrDefault(WAIT, 0.0).intValue();
      stoppedEpoch = state.getOrDefault(STOPPED_EPOCH, 0.0).intValue();
    }

    @Override
    public @Nullable Object keptWeights() {
      return bestWeights;
    }

    @Override
    public void restoreKeptWeights(Object copy) {
      bestWeights = copy;
    }
  }

  /**
   * The keys.
   *
   * @param monitor the logged figure to watch
   * @param minDelta how much better counts as better
   * @param patience epochs without improvement before training stops
   * @param verbose 1 to say when the callback acts, 0 to be silent
   * @param mode which way the figure improves
   * @param baseline a value to be better than, or null
   * @param restoreBestWeights whether the model ends with the weights of the best epoch
   * @param startFromEpoch epochs before watching begins
   */
  @Description("Stops training when a figure has stopped improving.")
  @Example("EarlyStopping: {monitor: val_loss, patience: 3, restore_best_weights: true}")
  public record Config(
      @Description("the logged figure to watch") @Default("val_loss") String monitor,
      @Description("how much better a value has to be to count as an improvement")
          @Default("0.0")
          @PositiveOrZero
          double minDelta,
      @Description("how many epochs without improvement training goes on")
          @Default("0")
          @PositiveOrZero
          int patience,
      @Description("1 to say when the callback acts, 0 to be silent") @Default("0") @Min(0) @Max(1)
          int verbose,
      @Description("which way the figure improves: min, max, or auto to tell by its name")
          @Default("auto")
          Mode mode,
      @Description("a value that the figure has to be better than; null for none")
          @Nullable Double baseline,
      @Description("whether the model ends with the weights of the best epoch") @Default("false")
          boolean restoreBestWeights,
      @Description("how many epochs to wait before watching begins") @Default("0") @PositiveOrZero
          int startFromEpoch) {}

  /** Brings {@code EarlyStopping}. */
  public static final class Provider implements Callback.Provider<Config> {
    @Override
    public String id() {
      return "EarlyStopping";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Callback create(Config config, Semantics semantics) {
      return new EarlyStopping(config, semantics);
    }
  }
}
