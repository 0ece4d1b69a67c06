package org.rondoml.dsl.runfolder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Collectors;
import org.rondoml.api.UsageException;
import org.rondoml.core.engine.TrainingListener;

/**
 * The log of a run, {@code log.txt}: a line an event, with its time. As long as it is open, the run
 * is taken.
 */
public final class RunLog implements TrainingListener, AutoCloseable {
  private final FileChannel channel;
  private final InstantSource clock;

  private RunLog(FileChannel channel, InstantSource clock) {
    this.channel = channel;
    this.clock = clock;
  }

  /**
   * Opens a log to add to.
   *
   * @throws UsageException where the run is being trained already, or the file can't be written
   */
  public static RunLog open(Path file, InstantSource clock) {
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      if (!lock(channel)) {
        channel.close();
        throw new UsageException(
            file.toAbsolutePath().getParent()
                + ": is being trained at this moment by another program");
      }
      return new RunLog(channel, clock);
    } catch (IOException e) {
      throw new UsageException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Adds a line. */
  @Override
  public void say(String line) {
    String text = clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + line + "\n";
    try {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void trainBegin(int trainSamples, int validationSamples, int batchSize) {
    say(
        "training on "
            + trainSamples
            + " samples, validation on "
            + validationSamples
            + ", batches of "
            + batchSize);
  }

  @Override
  public void epochEnd(int epoch, Map<String, Double> logs) {
    say(
        "epoch "
            + (epoch + 1)
            + logs.entrySet().stream()
                .map(e -> ", " + e.getKey() + " " + e.getValue())
                .collect(Collectors.joining()));
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
