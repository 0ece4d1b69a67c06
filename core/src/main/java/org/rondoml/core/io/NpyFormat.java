package org.rondoml.core.io;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;
import org.rondoml.api.UsageException;

/**
 * NumPy's .npy files: one array of numbers. Versions 1 to 3 of the format are read, in either byte
 * order and either axis order; version 1, little-endian and row-major, is written. Arrays keep
 * their element type: float32 and float64, int8 to int64, uint8 to uint32, bool. Scalars are arrays
 * without axes. Pickled objects are never read.
 */
public final class NpyFormat {
  private NpyFormat() {}

  /**
   * Reads a file.
   *
   * @return a row-major array of the file's element type
   * @throws DataException where the file is missing, damaged, truncated, or holds anything but
   *     numbers
   */
  public static INDArray read(Path file) {
    String where = file.toString();
    DataFiles.requireFile(file);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return read(in, Files.size(file), where);
    } catch (IOException e) {
      throw DataFiles.unreadable(where, e);
    }
  }

  /**
   * Reads an array from a stream that holds nothing else.
   *
   * @param in where to read from
   * @param size the number of bytes the stream holds
   * @param where the file, and the array in it, for messages
   * @throws DataException where the stream is damaged, truncated, or holds anything but numbers
   * @throws IOException where the stream can't be read
   */
  static INDArray read(InputStream in, long size, String where) throws IOException {
    CountingStream counted = new CountingStream(in);
    NpyHeader header = NpyHeader.read(counted, where);
    long expected = header.byteCount();
    long found = size - counted.count();
    if (expected != found) {
      throw new DataException(
          where
              + (expected >= 0 && expected < found ? ": bytes left over: " : ": truncated: ")
              + "shape "
              + header.shapeText()
              + " of "
              + header.type().width()
              + "-byte elements needs "
              + (expected < 0 ? "more than 2^63" : Long.toString(expected))
              + " bytes, found "
              + found);
    }
    long[] shape = header.shape().stream().mapToLong(Long::longValue).toArray();
    char order = header.fortranOrder() ? 'f' : 'c';
    INDArray array = DataFiles.allocate(header.type(), shape, order, where);
    fill(array, counted, header, where);
    return array.ordering() == 'c' ? array : array.dup('c');
  }

  /**
   * Writes a file; one that exists is replaced when all is written.
   *
   * @throws UsageException where the file can't be written
   */
  public static void write(Path file, INDArray array) {
    AtomicFile.write(
        file,
        path -> {
          try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
            write(out, array);
          }
        });
  }

  /** Writes an array to a stream. */
  static void write(OutputStream out, INDArray array) throws IOException {
    if (!NpyHeader.knows(array.dataType()) || array.isEmpty()) {
      throw new IllegalArgumentException(
          "cannot write an array of type "
              + array.dataType()
              + " and shape "
              + Arrays.toString(array.shape())
              + " as .npy");
    }
    out.write(
        new NpyHeader(array.dataType(), false, false, LongStream.of(array.shape()).boxed().toList())
            .toBytes());
    ArrayBytes bytes = ArrayBytes.of(array);
    WritableByteChannel channel = Channels.newChannel(out);
    int width = array.dataType().width();
    boolean swap = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN && width > 1;
    for (long offset = 0; offset < bytes.length(); ) {
      int count = bytes.pieceLength(offset);
      ByteBuffer piece = bytes.piece(offset, count);
      if (swap) {
        ByteBuffer copy = ByteBuffer.allocate(count).put(piece).flip();
        ArrayBytes.reverse(copy, width);
        piece = copy;
      }
      while (piece.hasRemaining()) {
        channel.write(piece);
      }
      offset += count;
    }
  }

  private static void fill(INDArray array, InputStream in, NpyHeader header, String where)
      throws IOException {
    // The memory as it lies: for Fortran order, that of the array with its axes turned round.
    ArrayBytes bytes =
        ArrayBytes.of(array.rank() > 1 && array.ordering() == 'f' ? array.transpose() : array);
    int width = header.type().width();
    boolean bigEndianMachine = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;
    boolean swap = header.bigEndian() != bigEndianMachine && width > 1;
    ReadableByteChannel channel = Channels.newChannel(in);
    for (long offset = 0; offset < bytes.length(); ) {
      int count = bytes.pieceLength(offset);
      ByteBuffer piece = bytes.piece(offset, count);
      while (piece.hasRemaining()) {
        if (channel.read(piece) < 0) {
          throw new EOFException("the data ends too soon");
        }
      }
      piece.flip();
      if (swap) {
        ArrayBytes.reverse(piece, width);
      }
      if (header.type() == DataType.BOOL) {
        checkBooleans(piece, where);
      }
      offset += count;
    }
  }

  private static void checkBooleans(ByteBuffer piece, String where) {
    for (int i = 0; i < piece.limit(); i++) {
      if ((piece.get(i) & 0xfe) != 0) {
        throw new DataException(
            where + ": damaged: a bool of value " + (piece.get(i) & 0xff) + "; expected 0 or 1");
      }
    }
  }
}
