package org.rondoml.datasets;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;
import org.rondoml.core.io.ArrayBytes;
import org.rondoml.core.io.DataFiles;

/**
 * The idx format of the MNIST database: two zero bytes, a type, the number of axes, their sizes (32
 * bits each), the elements; all big-endian, row-major. See the file formats at the end of <a
 * href="http://yann.lecun.com/exdb/mnist/">the database's page</a>. Plain and gzipped files are
 * told apart by their first bytes.
 */
final class IdxFormat {
  private static final int MAX_RANK = 32;

  /** Deflate makes of one byte 1032 at most, so a larger claim is a lie. */
  private static final long MAX_DEFLATE_RATIO = 1032;

  private IdxFormat() {}

  /**
   * Reads a file.
   *
   * @return a row-major array of the file's element type
   * @throws DataException where the file is missing, damaged or truncated
   */
  static INDArray read(Path file) {
    DataFiles.requireFile(file);
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, Files.size(file), file.toString());
    } catch (IOException e) {
      throw DataFiles.unreadable(file.toString(), e);
    }
  }

  /**
   * Reads a stream.
   *
   * @param in where to read from
   * @param size the number of bytes the stream holds, gzipped or not
   * @param where the file, for messages
   */
  static INDArray read(InputStream in, long size, String where) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
    buffered.mark(2);
    boolean gzipped = buffered.read() == 0x1f && buffered.read() == 0x8b;
    buffered.reset();
    try {
      return gzipped
          ? unpacked(new GZIPInputStream(buffered, 1 << 16), size * MAX_DEFLATE_RATIO, true, where)
          : unpacked(buffered, size, false, where);
    } catch (EOFException e) {
      throw new DataException(
          where + ": truncated: the " + (gzipped ? "gzip" : "idx") + " file ends too soon", e);
    } catch (ZipException e) {
      throw new DataException(where + ": damaged gzip file: " + e.getMessage(), e);
    }
  }

  private static INDArray unpacked(InputStream in, long limit, boolean gzipped, String where)
      throws IOException {
    byte[] magic = in.readNBytes(4);
    DataType type = magic.length == 4 && magic[0] == 0 && magic[1] == 0 ? type(magic[2]) : null;
    if (type == null) {
      throw new DataException(
          where
              + ": not an idx file: it starts with the bytes "
              + hex(magic)
              + "; expected 00 00, a type (08, 09, 0b, 0c, 0d or 0e) and the number of axes");
    }
    int rank = magic[3] & 0xff;
    if (rank < 1 || rank > MAX_RANK) {
      throw new DataException(where + ": " + rank + " axes; expected 1 to " + MAX_RANK);
    }
    byte[] sizes = in.readNBytes(4 * rank);
    if (sizes.length < 4 * rank) {
      throw new EOFException();
    }
    ByteBuffer header = ByteBuffer.wrap(sizes);
    long[] shape = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      shape[axis] = Integer.toUnsignedLong(header.getInt());
    }
    checkSize(type, shape, limit - 4 - sizes.length, gzipped, where);
    INDArray array = DataFiles.allocate(type, shape, 'c', where);
    fill(array, in);
    if (in.read() >= 0) {
      throw new DataException(
          where + ": bytes left over after the elements of shape " + Arrays.toString(shape));
    }
    return array;
  }

  private static void checkSize(
      DataType type, long[] shape, long limit, boolean gzipped, String where) {
    long bytes = type.width();
    for (long size : shape) {
      if (size == 0) {
        throw new DataException(where + ": an empty array of shape " + Arrays.toString(shape));
      }
      if (bytes > limit / size) {
        throw new DataException(
            where
                + ": truncated: shape "
                + Arrays.toString(shape)
                + " needs more elements than the file "
                + (gzipped ? "can hold" : "holds"));
      }
      bytes *= size;
    }
  }

  private static void fill(INDArray array, InputStream in) throws IOException {
    ArrayBytes bytes = ArrayBytes.of(array);
    ReadableByteChannel channel = Channels.newChannel(in);
    int width = array.dataType().width();
    boolean swap = width > 1 && ByteOrder.nativeOrder() != ByteOrder.BIG_ENDIAN;
    for (long offset = 0; offset < bytes.length(); ) {
      int count = bytes.pieceLength(offset);
      ByteBuffer piece = bytes.piece(offset, count);
      while (piece.hasRemaining()) {
        if (channel.read(piece) < 0) {
          throw new EOFException();
        }
      }
      if (swap) {
        ArrayBytes.reverse(piece, width);
      }
      offset += count;
    }
  }

  private static @Nullable DataType type(byte code) {
    return switch (code) {
      case 0x08 -> DataType.UINT8;
      case 0x09 -> DataType.INT8;
      case 0x0b -> DataType.INT16;
      case 0x0c -> DataType.INT32;
      case 0x0d -> DataType.FLOAT;
      case 0x0e -> DataType.DOUBLE;
      default -> null;
    };
  }

  private static String hex(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      text.append(text.isEmpty() ? "" : " ").append(String.format("%02x", b));
    }
    return text.isEmpty() ? "(none)" : text.toString();
  }
}
