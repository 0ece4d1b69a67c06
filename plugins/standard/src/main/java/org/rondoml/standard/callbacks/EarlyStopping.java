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

/**
 * Stops training when a figure has stopped improving: after {@code patience} epochs without one
 * that is better than the best by more than {@code min_delta} (and than the baseline, if there is
 * one), but never after the first epoch. Source: Keras, {@code
 * keras/src/callbacks/early_stopping.py}.
 */
public final class EarlyStopping implements Callback {
  private final Config config;
  private final Monitor monitor;

  /** The callback with its keys. */
  public EarlyStopping(Config config) {
    this.config = config;
    monitor = new Monitor(config.monitor(), config.mode(), config.minDelta());
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
          int startFromEpoch) {
    /** Checks that the mode is known. */
    public Config {
      new Monitor(monitor, mode, minDelta);
    }
  }

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
      return new EarlyStopping(config);
    }
  }
}
