package org.rondoml.standard.callbacks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.rondoml.api.UsageException;

/**
 * A text file that grows at its end and loses nothing. A training that was killed and resumed
 * computes some epochs again, and so writes again what is there already, bit for bit: that stays as
 * it is. What somebody else has added in the meantime stays as well; the text then goes behind it.
 *
 * @param path the file
 */
record GrowingFile(Path path) {
  /** Its size in bytes; 0 where it is not there. */
  long size() {
    try {
      return Files.exists(path) ? Files.size(path) : 0;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * Puts a text at a place.
   *
   * @param position the place, in bytes
   * @return the place behind the text
   */
  long put(long position, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long at = begins(channel, position, bytes) ? position : channel.size();
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      rest.position((int) Math.min(bytes.length, channel.size() - at));
      for (long to = at + rest.position(); rest.hasRemaining(); ) {
        to += channel.write(rest, to);
      }
      channel.force(false);
      return at + bytes.length;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Whether what is behind a place is the text, or as much of it as was written. */
  private static boolean begins(FileChannel channel, long position, byte[] text)
      throws IOException {
    if (position > channel.size()) {
      return false;
    }
    ByteBuffer there = ByteBuffer.allocate((int) Math.min(text.length, channel.size() - position));
    while (there.hasRemaining() && channel.read(there, position + there.position()) >= 0) {
      // reads on
    }
    int length = there.position();
    return Arrays.equals(there.array(), 0, length, text, 0, length);
  }

  private UsageException failure(IOException e) {
    Path folder = path.toAbsolutePath().getParent();
    boolean missing = folder != null && !Files.isDirectory(folder);
    return new UsageException(
        "cannot write "
            + path
            + ": "
            + (missing
                ? "the folder " + folder + " does not exist; create it first"
                : String.valueOf(e.getMessage())),
        e);
  }
}
