package org.rondoml.core.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rondoml.api.DataException;

/** What every reader says of a file it can't open. */
public final class DataFiles {
  private DataFiles() {}

  /**
   * Checks that there is a file to read.
   *
   * @throws DataException where there is none, or a folder
   */
  public static void requireFile(Path file) {
    if (Files.isDirectory(file)) {
      throw new DataException(file + ": is a folder; expected a file");
    }
    if (!Files.exists(file)) {
      throw new DataException(file + ": no such file");
    }
  }

  /**
   * A failure to read.
   *
   * @param where the file, and the part of it, for messages
   */
  public static DataException unreadable(String where, IOException cause) {
    String reason =
        cause instanceof AccessDeniedException ? "permission denied" : String.valueOf(cause.getMessage());
    return new DataException(where + ": cannot be read: " + reason, cause);
  }
}
