package org.rondoml.standard.callbacks;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Callback;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.KnownIn;

/**
 * Saves more often what a stopped training goes on from. Most of what Keras' callback is for every
 * run of Rondo has without it: after each epoch, and when training is interrupted, everything is
 * saved in the run's folder as the checkpoint {@code last}, the one before is kept as {@code
 * previous}, and {@code rondo train RUN --resume} goes on from there to the same bits. With {@code
 * save_freq} the checkpoint is saved in the middle of epochs as well, so that a computer that fails
 * costs less than an epoch.
 *
 * <p>Keys of Keras that ask for something else are refused: {@code backup_dir}, because a run is
 * one folder; {@code delete_checkpoint: true}, because {@code last} is the result of the run;
 * {@code double_checkpoint: false}, because the one before is always kept.
 *
 * <p>Source: Keras, {@code keras/src/callbacks/backup_and_restore.py}.
 */
public final class BackupAndRestore implements Callback {
  /** The checkpoint that a run is resumed from. */
  private static final String LAST = "last";

  private final SaveFrequency frequency;

  /** The callback with its keys. */
  public BackupAndRestore(Config config) {
    frequency = SaveFrequency.of(config.saveFreq());
  }

  @Override
  public Session start(Run run) {
    SaveFrequency.Counter counter = new SaveFrequency.Counter(frequency);
    return new Session() {
      @Override
      public void batchEnd(int batch, Map<String, Double> logs) {
        if (counter.isDue()) {
          run.saveCheckpoint(LAST);
        }
      }

      @Override
      public Map<String, Double> state() {
        Map<String, Double> state = new HashMap<>();
        counter.addTo(state);
        return state;
      }

      @Override
      public void restore(Map<String, Double> state) {
        counter.restore(state);
      }
    };
  }

  /**
   * The keys.
   *
   * @param backupDir always null
   * @param saveFreq when to save
   * @param doubleCheckpoint always true
   * @param deleteCheckpoint always false
   */
  @Description("Saves the checkpoint that a stopped run goes on from in the middle of epochs, too.")
  public record Config(
      @Description("Keras' folder for the checkpoint; here only null, as that is in the run's own")
          @Nullable Path backupDir,
      @Description("epoch, or after how many batches to save besides") @Default(SaveFrequency.EPOCH)
          String saveFreq,
      @Description("whether the checkpoint before is kept; here only true")
          @Default("true")
          @KnownIn(value = Semantics.KERAS3, cure = "drop it: the checkpoint before is always kept")
          boolean doubleCheckpoint,
      @Description("whether the checkpoint is deleted in the end; here only false")
          @Default("false")
          boolean deleteCheckpoint) {
    /** Refuses what a run does otherwise. */
    public Config {
      if (backupDir != null) {
        throw new ConfigException(
            "backup_dir",
            "the checkpoint to go on from is always saved in the run's folder: drop backup_dir, and"
                + " go on with rondo train RUN --resume");
      }
      if (!doubleCheckpoint) {
        throw new ConfigException(
            "double_checkpoint", "the checkpoint before the last is always kept: drop the key");
      }
      if (deleteCheckpoint) {
        throw new ConfigException(
            "delete_checkpoint",
            "the last checkpoint is the result of the run, which predict and evaluate read, and is"
                + " kept: drop the key");
      }
      SaveFrequency.of(saveFreq);
    }
  }

  /** Brings {@code BackupAndRestore}. */
  public static final class Provider implements Callback.Provider<Config> {
    @Override
    public String id() {
      return "BackupAndRestore";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Callback create(Config config, Semantics semantics) {
      return new BackupAndRestore(config);
    }
  }
}
