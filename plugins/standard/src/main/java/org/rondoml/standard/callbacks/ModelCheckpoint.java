package org.rondoml.standard.callbacks;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Callback;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.KnownIn;

/**
 * Saves a checkpoint in the run folder after each epoch, or after each that was better than all
 * before; with {@code save_freq} after so many batches, where the figures are those of the epoch so
 * far.
 *
 * <p>A checkpoint holds everything, so that training can go on from it; its name has no ending, and
 * {@code rondo predict RUN --checkpoint best} uses it. With {@code save_weights_only} the weights
 * alone are saved, as Keras' file {@code checkpoints/best.weights.h5}, which {@code
 * --initial-weights} reads, and Keras as well.
 *
 * <p>Where an epoch does not log the figure, as without validation, {@code save_best_only} saves
 * nothing, as in tf_keras; Keras 3 saves then in any case, over the best.
 *
 * <p>Source: Keras, {@code keras/src/callbacks/model_checkpoint.py}; tf_keras, {@code
 * tf_keras/src/callbacks.py}.
 */
public final class ModelCheckpoint implements Callback {
  private static final String VALIDATION = "val_";
  private static final String EPOCH = "epoch";
  private static final String BATCH = "batch";

  private final Config config;
  private final Monitor monitor;
  private final CheckpointName name;
  private final SaveFrequency frequency;

  /**
   * The callback with its keys.
   *
   * @param semantics whose guess at the mode it has
   */
  public ModelCheckpoint(Config config, Semantics semantics) {
    this.config = config;
    // Without save_best_only the figure is never looked at, so its mode may stay open.
    monitor =
        new Monitor(
            config.monitor(),
            config.saveBestOnly() ? config.mode() : Mode.MIN,
            0,
            semantics,
            figure -> figure.contains("acc") || figure.startsWith("fmeasure"));
    name = config.name();
    frequency = SaveFrequency.of(config.saveFreq());
  }

  @Override
  public void check(Set<String> logs) {
    Set<String> figures = new TreeSet<>(logs);
    if (!frequency.isEveryEpoch()) {
      checkMonitorOfBatches();
      figures.removeIf(figure -> figure.startsWith(VALIDATION));
    }
    if (config.saveBestOnly() || !config.monitor().equals(VALIDATION + "loss")) {
      monitor.check(figures);
    }
    figures.add(EPOCH);
    if (!frequency.isEveryEpoch()) {
      figures.add(BATCH);
    }
    name.check(figures);
  }

  private void checkMonitorOfBatches() {
    if (config.saveBestOnly() && config.monitor().startsWith(VALIDATION)) {
      throw new ConfigException(
          "monitor",
          "'"
              + config.monitor()
              + "' is known at the end of an epoch, but save_freq: "
              + config.saveFreq()
              + " saves in its middle: set monitor: "
              + config.monitor().substring(VALIDATION.length())
              + ", or save_freq: epoch");
    }
  }

  @Override
  public Session start(Run run) {
    return new Watch(run);
  }

  private final class Watch implements Session {
    private static final String BEST = "best";
    private static final String EPOCHS = "epochs";

    private final Run run;
    private final SaveFrequency.Counter batches = new SaveFrequency.Counter(frequency);
    private @Nullable Double best = config.initialValueThreshold();
    private int epochs;
    private int epoch;

    private Watch(Run run) {
      this.run = run;
    }

    @Override
    public void epochBegin(int begun) {
      epoch = begun;
    }

    @Override
    public void batchEnd(int batch, Map<String, Double> logs) {
      if (batches.isDue()) {
        Map<String, Number> values = new HashMap<>(logs);
        values.put(EPOCH, epoch + 1);
        values.put(BATCH, batch + 1);
        save(name.of(values), logs);
      }
    }

    @Override
    public void epochEnd(int ended, Map<String, Double> logs) {
      epoch = ended;
      if (frequency.isEveryEpoch() && ++epochs >= config.period()) {
        epochs = 0;
        Map<String, Number> values = new HashMap<>(logs);
        values.put(EPOCH, epoch + 1);
        save(name.of(values), logs);
      }
    }

    private void save(String checkpoint, Map<String, Double> logs) {
      if (!config.saveBestOnly()) {
        say("saving " + what() + checkpoint);
        save(checkpoint);
        return;
      }
      Double current = monitor.value(logs);
      if (current == null) {
        return;
      }
      if (!monitor.isBetter(current, best)) {
        say(monitor.name() + " did not improve from " + number(best));
        return;
      }
      say(
          monitor.name()
              + " improved from "
              + number(best)
              + " to "
              + number(current)
              + ", saving "
              + what()
              + checkpoint);
      best = current;
      save(checkpoint);
    }

    private void save(String checkpoint) {
      if (config.saveWeightsOnly()) {
        run.saveWeights(checkpoint);
      } else {
        run.saveCheckpoint(checkpoint);
      }
    }

    private String what() {
      return config.saveWeightsOnly() ? "weights " : "checkpoint ";
    }

    private void say(String what) {
      if (config.verbose() > 0) {
        run.say("Epoch " + (epoch + 1) + ": " + what);
      }
    }

    private static String number(@Nullable Double value) {
      return value == null ? "None" : String.format(Locale.ROOT, "%.5f", value);
    }

    @Override
    public Map<String, Double> state() {
      Map<String, Double> state = new HashMap<>();
      if (best != null) {
        state.put(BEST, best);
      }
      state.put(EPOCHS, (double) epochs);
      state.put(EPOCH, (double) epoch);
      batches.addTo(state);
      return state;
    }

    @Override
    public void restore(Map<String, Double> state) {
      best = state.getOrDefault(BEST, config.initialValueThreshold());
      epochs = state.getOrDefault(EPOCHS, 0.0).intValue();
      epoch = state.getOrDefault(EPOCH, 0.0).intValue();
      batches.restore(state);
    }
  }

  /**
   * The keys.
   *
   * @param filepath the name of the checkpoint in the run folder
   * @param monitor the logged figure that tells the best
   * @param verbose 1 to say when the callback acts, 0 to be silent
   * @param saveBestOnly whether to save only what is better than all before
   * @param saveWeightsOnly whether to save the weights alone
   * @param mode which way the figure improves
   * @param saveFreq when to save
   * @param initialValueThreshold a value to be better than from the start, or null
   * @param period saves after every so many epochs
   */
  @Description(
      "Saves a checkpoint in the run folder after each epoch, or after the best ones only.")
  @Example("ModelCheckpoint: {monitor: val_loss, save_best_only: true}")
  public record Config(
      @Description(
              "the checkpoint's name in the run folder, in which {epoch:02d} and {val_loss:.2f} are"
                  + " replaced and an ending .keras or .h5 is left out; with save_weights_only the"
                  + " file's name, ending in .weights.h5; null for best with save_best_only and"
                  + " epoch-{epoch:02d} without")
          @Nullable String filepath,
      @Description("the logged figure that tells which epoch is the best") @Default("val_loss")
          String monitor,
      @Description("1 to say when the callback acts, 0 to be silent") @Default("0") @Min(0) @Max(1)
          int verbose,
      @Description("whether to save only after epochs that are better than all before")
          @Default("false")
          boolean saveBestOnly,
      @Description("whether to save the weights alone, as Keras' file of weights") @Default("false")
          boolean saveWeightsOnly,
      @Description("which way the figure improves: min, max, or auto to tell by its name")
          @Default("auto")
          Mode mode,
      @Description("epoch to save after epochs, or after how many batches to save")
          @Default(SaveFrequency.EPOCH)
          String saveFreq,
      @Description("a value that the figure has to be better than from the start; null for none")
          @Nullable Double initialValueThreshold,
      @Description("saves after every so many epochs")
          @Default("1")
          @KnownIn(
              value = {Semantics.TF1, Semantics.TF2},
              cure =
                  "Keras 3 has no period: save_freq counts batches, so set it to as many as period"
                      + " epochs have")
          @Positive
          int period) {
    /** Checks the name, and that no key is without effect. */
    public Config {
      if (initialValueThreshold != null && !saveBestOnly) {
        throw new ConfigException(
            "initial_value_threshold",
            "has no effect without save_best_only: set save_best_only: true, or drop it");
      }
      SaveFrequency frequency = SaveFrequency.of(saveFreq);
      if (period > 1 && !frequency.isEveryEpoch()) {
        throw new ConfigException(
            "period", "has no effect beside save_freq: " + saveFreq + ", which counts batches");
      }
      if (filepath != null) {
        name(filepath, saveWeightsOnly);
      }
    }

    private CheckpointName name() {
      String given = filepath;
      if (given != null) {
        return name(given, saveWeightsOnly);
      }
      String batch = SaveFrequency.of(saveFreq).isEveryEpoch() ? "" : "-batch-{batch:05d}";
      String name = saveBestOnly ? "best" : "epoch-{epoch:02d}" + batch;
      return name(saveWeightsOnly ? name + CheckpointName.WEIGHTS : name, saveWeightsOnly);
    }

    private static CheckpointName name(String template, boolean weights) {
      return weights ? CheckpointName.ofWeights(template) : CheckpointName.ofCheckpoint(template);
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
      return new ModelCheckpoint(config, semantics);
    }
  }
}
