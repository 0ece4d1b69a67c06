package org.rondoml.standard.callbacks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Callback;

class BackupAndRestoreTest {
  private final Recorder run = new Recorder();

  private void batches(Callback.Session session, int from, int to) {
    for (int batch = from; batch < to; batch++) {
      session.batchEnd(batch, Map.of("loss", 1.0));
      run.actions.add("batch " + batch);
    }
  }

  @Test
  void savesInTheMiddleOfEpochsToo() {
    Callback.Session session =
        Recorder.callback("BackupAndRestore", Map.of("save_freq", 2), Semantics.KERAS3).start(run);
    batches(session, 0, 3);
    session.epochEnd(0, Map.of("loss", 1.0));
    batches(session, 0, 1);
    assertEquals(
        List.of("batch 0", "save last", "batch 1", "batch 2", "save last", "batch 0"), run.actions);
  }

  @Test
  void countsOnWhereItWasStopped() {
    Callback callback =
        Recorder.callback("BackupAndRestore", Map.of("save_freq", 3), Semantics.TF2);
    Callback.Session session = callback.start(run);
    batches(session, 0, 2);
    batches(run.resumed(callback, session), 2, 3);
    assertEquals(List.of("batch 0", "batch 1", "save last", "batch 2"), run.actions);
  }

  @Test
  void leavesTheEndOfEpochsToTheRun() {
    Callback.Session session =
        Recorder.callback("BackupAndRestore", Map.of(), Semantics.KERAS3).start(run);
    batches(session, 0, 1);
    session.epochEnd(0, Map.of("loss", 1.0));
    assertEquals(List.of("batch 0"), run.actions);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "backup_dir | /tmp/backup | the checkpoint to go on from is always saved in the run's folder:"
            + " drop backup_dir, and go on with rondo train RUN --resume",
        "double_checkpoint | false | the checkpoint before the last is always kept: drop the key",
        "delete_checkpoint | true | the last checkpoint is the result of the run, which predict and"
            + " evaluate read, and is kept: drop the key",
        "save_freq | 0 | found 0, expected epoch, or a number of batches such as 100",
        "save_freq | false | found false, expected epoch, or a number of batches such as 100"
      })
  void refusesWhatARunDoesOtherwise(String key, String value, String message) {
    Object given = value.equals("true") || value.equals("false") ? Boolean.valueOf(value) : value;
    assertEquals(
        "BackupAndRestore." + key + ": " + message,
        Recorder.mistake("BackupAndRestore", Map.of(key, given), Semantics.KERAS3));
  }
}
