package org.rondoml.core.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.DataException;

/** What every reader of files does before and around reading, with the same words. */
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
        cause instanceof AccessDeniedException
            ? "permission denied"
            : String.valueOf(cause.getMessage());
    return new DataException(where + ": cannot be read: " + reason, cause);
  }

  /**
   * An array for what a file holds; its elements are undefined.
   *
   * @param order {@code 'c'} for row-major, {@code 'f'} for column-major
   * @param where the file, and the array in it, for messages
   * @throws DataException where there is not enough memory
   */
  public static INDArray allocate(DataType type, long[] shape, char order, String where) {
    try {
      return Nd4j.createUninitialized(type, shape, order);
    } catch (OutOfMemoryError e) {
      throw new DataException(
          where + ": not enough memory for an array of shape " + Arrays.toString(shape), e);
    }
  }
}
