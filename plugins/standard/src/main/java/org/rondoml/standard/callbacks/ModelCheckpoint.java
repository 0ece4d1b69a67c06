package org.rondoml.standard.callbacks;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Callback;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;

/**
 * Saves a checkpoint in the run folder after each epoch, or after each that was better than all
 * before. Source: Keras, {@code keras/src/callbacks/model_checkpoint.py}.
 */
public final class ModelCheckpoint implements Callback {
  private final Config config;
  private final Monitor monitor;
  private final CheckpointName name;

  /** The callback with its keys. */
  public ModelCheckpoint(Config config) {
    this.config = config;
    monitor = config.newMonitor();
    name = config.newName();
  }

  @Override
  public void check(Set<String> logs) {
    if (config.saveBestOnly()) {
      monitor.check(logs);
    }
    name.check(logs);
  }

  @Override
  public Session start(Run run) {
    return new Watch(run);
  }

  private final class Watch implements Session {
    private static final String BEST = "best";

    private final Run run;
    private @Nullable Double best = config.initialValueThreshold();

    private Watch(Run run) {
      this.run = run;
    }

    @Override
    public void epochEnd(int epoch, Map<String, Double> logs) {
      String checkpoint = name.of(epoch, logs);
      if (!config.saveBestOnly()) {
        say(epoch, "saving checkpoint " + checkpoint);
        run.saveCheckpoint(checkpoint);
        return;
      }
      Double current = monitor.value(logs);
      if (current == null) {
        return;
      }
      if (!monitor.isBetter(current, best)) {
        say(epoch, monitor.name() + " did not improve from " + number(best));
        return;
      }
      say(
          epoch,
          monitor.name()
              + " improved from "
              + number(best)
              + " to "
              + number(current)
              + ", saving checkpoint "
              + checkpoint);
      // First, so that the checkpoint knows that it is the best.
      best = current;
      run.saveCheckpoint(checkpoint);
    }

    private void say(int epoch, String what) {
      if (config.verbose() > 0) {
        run.say("Epoch " + (epoch + 1) + ": " + what);
      }
    }

    private static String number(@Nullable Double value) {
      return value == null ? "None" : String.format(Locale.ROOT, "%.5f", value);
    }

    @Override
    public Map<String, Double> state() {
      Double value = best;
      return value == null ? Map.of() : Map.of(BEST, value);
    }

    @Override
    public void restore(Map<String, Double> state) {
      best = state.getOrDefault(BEST, config.initialValueThreshold());
    }
  }

  /**
   * The keys.
   *
   * @param filepath the name of the checkpoint in the run folder
   * @param monitor the logged figure that tells the best
   * @param verbose 1 to say when the callback acts, 0 to be silent
   * @param saveBestOnly whether to save only what is better than all before
   * @param mode which way the figure improves
   * @param initialValueThreshold a value to be better than from the start, or null
   */
  @Description(
      "Saves a checkpoint in the run folder after each epoch, or after the best ones only.")
  public record Config(
      @Description(
              "the checkpoint's name in the run folder, in which {epoch:02d} and {val_loss:.2f} are"
                  + " replaced; null for best with save_best_only and epoch-{epoch:02d} without")
          @Nullable String filepath,
      @Description("the logged figure that tells which epoch is the best") @Default("val_loss")
          String monitor,
      @Description("1 to say when the callback acts, 0 to be silent") @Default("0") @Min(0) @Max(1)
          int verbose,
      @Description("whether to save only after epochs that are better than all before")
          @Default("false")
          boolean saveBestOnly,
      @Description("which way the figure improves: min, max, or auto to tell by its name")
          @Default("auto")
          Mode mode,
      @Description("a value that the figure has to be better than from the start; null for none")
          @Nullable Double initialValueThreshold) {
    /** Checks name and mode. */
    public Config {
      if (initialValueThreshold != null && !saveBestOnly) {
        throw new ConfigException(
            "initial_value_threshold",
            "has no effect without save_best_only: set save_best_only: true, or drop it");
      }
      if (saveBestOnly) {
        new Monitor(monitor, mode, 0);
      }
      if (filepath != null) {
        new CheckpointName(filepath);
      }
    }

    private Monitor newMonitor() {
      return new Monitor(monitor, saveBestOnly ? mode : Mode.MIN, 0);
    }

    private CheckpointName newName() {
      String given = filepath;
      if (given != null) {
        return new CheckpointName(given);
      }
      return new CheckpointName(saveBestOnly ? "best" : "epoch-{epoch:02d}");
    }
  }

  /** Brings {@code ModelCheckpoint}. */
  public static final class Provider implements Callback.Provider<Config> {
    @Override
    public String id() {
      return "ModelCheckpoint";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Callback create(Config config, Semantics semantics) {
      return new ModelCheckpoint(config);
    }
  }
}
