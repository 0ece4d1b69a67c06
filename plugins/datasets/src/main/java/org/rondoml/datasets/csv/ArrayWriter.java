package org.rondoml.datasets.csv;

import java.nio.ByteBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.io.ArrayBytes;
import org.rondoml.core.io.DataFiles;

/** Fills an array in the order of its memory. */
final class ArrayWriter {
  private final INDArray array;
  private final ArrayBytes bytes;
  private ByteBuffer piece = ByteBuffer.allocate(0);
  private long next;

  /** An array of 64-bit numbers to fill. */
  ArrayWriter(long[] shape, String where) {
    this.array = DataFiles.allocate(DataType.DOUBLE, shape, 'c', where);
    this.bytes = ArrayBytes.of(array);
  }

  /** Puts the next number. */
  void put(double value) {
    if (!piece.hasRemaining()) {
      int length = bytes.pieceLength(next);
      piece = bytes.piece(next, length);
      next += length;
    }
    piece.putDouble(value);
  }

  /** The array, when all is put. */
  INDArray array() {
    return array;
  }
}
