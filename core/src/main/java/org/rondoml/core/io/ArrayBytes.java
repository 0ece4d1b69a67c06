package org.rondoml.core.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.compute.AxisOrder;

/**
 * The memory of an array of any type as bytes in row-major order and the machine's byte order,
 * without a copy where the array is laid out so. {@link org.rondoml.core.compute.Memory} is its
 * sibling for arithmetic.
 */
public final class ArrayBytes {
  /**
   * How many bytes to take at a time where an array is worked on piece by piece; a multiple of
   * every element's size.
   */
  public static final int PIECE = 1 << 20;

  private final INDArray array;
  private final long length;

  private ArrayBytes(INDArray array) {
    this.array = array;
    this.length = array.length() * array.dataType().width();
  }

  /** The memory of an array, or of a row-major copy of it where it has gaps or another order. */
  public static ArrayBytes of(INDArray array) {
    return new ArrayBytes(AxisOrder.isRowMajor(array) ? array : array.dup('c'));
  }

  /** The number of bytes. */
  public long length() {
    return length;
  }

  /** The type of the elements. */
  public DataType dataType() {
    return array.dataType();
  }

  /**
   * A piece of the memory, in the machine's byte order; valid as long as this object is reachable.
   *
   * @param offset the first byte
   * @param count the number of bytes
   */
  public ByteBuffer piece(long offset, int count) {
    // A buffer starts at its pointer's address whatever the pointer's position, so the address is
    // moved.
    BytePointer pointer = new BytePointer(array.data().addressPointer()).getPointer(offset);
    pointer.limit(count);
    return pointer.asByteBuffer().order(ByteOrder.nativeOrder());
  }

  /** The number of bytes of the piece that starts at an offset: {@link #PIECE}, or what is left. */
  public int pieceLength(long offset) {
    return (int) Math.min(PIECE, length - offset);
  }

  /**
   * Turns the bytes of every element round: from big-endian to little-endian, or back.
   *
   * @param bytes whole elements, from the buffer's start to its limit
   * @param width the bytes of an element: 2, 4 or 8
   */
  public static void reverse(ByteBuffer bytes, int width) {
    for (int i = 0; i < bytes.limit(); i += width) {
      switch (width) {
        case 2 -> bytes.putShort(i, Short.reverseBytes(bytes.getShort(i)));
        case 4 -> bytes.putInt(i, Integer.reverseBytes(bytes.getInt(i)));
        default -> bytes.putLong(i, Long.reverseBytes(bytes.getLong(i)));
      }
    }
  }
}
