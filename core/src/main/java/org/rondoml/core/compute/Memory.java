package org.rondoml.core.compute;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Precision;

/**
 * The native memory of an array, without a copy: what {@link Vec} loads rows from and matrix
 * products read and write. Offsets and lengths count elements.
 *
 * <p>The array must fill its memory without gaps and have its last axis contiguous; the order of
 * the other axes is free. So a time-major sequence seen as {@code (batch, time, features)} is as
 * good as a batch-major one, and its memory is the rows in time-major order.
 */
public final class Memory {
  private final INDArray array;
  private final Precision precision;
  private final long length;
  private final Pointer pointer;
  private final @Nullable FloatBuffer floats;
  private final @Nullable DoubleBuffer doubles;

  private Memory(INDArray array, Precision precision) {
    this.array = array;
    this.precision = precision;
    this.length = array.length();
    Pointer start = array.data().addressPointer();
    if (precision == Precision.FLOAT32) {
      FloatPointer typed = new FloatPointer(start);
      typed.capacity(typed.position() + length);
      pointer = typed;
      floats = typed.asBuffer();
      doubles = null;
    } else {
      DoublePointer typed = new DoublePointer(start);
      typed.capacity(typed.position() + length);
      pointer = typed;
      floats = null;
      doubles = typed.asBuffer();
    }
  }

  /**
   * The memory of an array.
   *
   * @throws IllegalArgumentException where the array is not float or double, has gaps, or a last
   *     axis that is not contiguous ({@link #isDense} tells)
   */
  public static Memory of(INDArray array) {
    Precision precision;
    if (array.dataType() == DataType.FLOAT) {
      precision = Precision.FLOAT32;
    } else if (array.dataType() == DataType.DOUBLE) {
      precision = Precision.FLOAT64;
    } else {
      throw new IllegalArgumentException(
          "memory of " + array.dataType() + " array: expected FLOAT or DOUBLE");
    }
    if (!isDense(array)) {
      throw new IllegalArgumentException(
          "array of shape "
              + java.util.Arrays.toString(array.shape())
              + " has gaps or a last axis that is not contiguous (strides "
              + java.util.Arrays.toString(array.stride())
              + "); dup('c') gives one that fits");
    }
    return new Memory(array, precision);
  }

  /** Whether an array fills its memory without gaps, its last axis contiguous. */
  public static boolean isDense(INDArray array) {
    long[] shape = array.shape();
    long[] stride = array.stride();
    int rank = shape.length;
    if (rank == 0) {
      return true;
    }
    if (shape[rank - 1] > 1 && stride[rank - 1] != 1) {
      return false;
    }
    // Walk the axes from the smallest stride to the largest: each must start where the one before
    // ends.
    long expected = shape[rank - 1];
    boolean[] seen = new boolean[rank];
    for (int found = 1; found < rank; found++) {
      int next = -1;
      for (int axis = 0; axis < rank - 1; axis++) {
        if (!seen[axis] && (shape[axis] == 1 || stride[axis] == expected)) {
          next = axis;
          break;
        }
      }
      if (next < 0) {
        return false;
      }
      seen[next] = true;
      expected *= shape[next];
    }
    return true;
  }

  /** The array whose memory this is. */
  public INDArray array() {
    return array;
  }

  /** The format of the elements. */
  public Precision precision() {
    return precision;
  }

  /** The number of elements. */
  public long length() {
    return length;
  }

  /**
   * The address of the first element, for native kernels; valid as long as this object is
   * reachable.
   */
  public Pointer pointer() {
    return pointer;
  }

  /**
   * The address of the first of {@code count} elements, checked, for native kernels that would read
   * or write whatever they are pointed at. It is valid as long as this object is reachable, so a
   * kernel ends with {@link java.lang.ref.Reference#reachabilityFence}.
   *
   * @throws IllegalArgumentException where the elements have another precision
   * @throws IndexOutOfBoundsException where not all of the elements lie in this memory
   */
  public long address(Precision expected, long offset, long count) {
    if (expected != precision) {
      throw new IllegalArgumentException("memory of " + precision + ": expected " + expected);
    }
    if (offset < 0 || count > length - offset) {
      throw new IndexOutOfBoundsException(
          count + " elements from " + offset + " on: memory has " + length + " elements");
    }
    return pointer.address() + (pointer.position() + offset) * precision.bytes();
  }

  /** Sets all elements to zero. */
  public void clear() {
    clear(length);
  }

  /** Sets the first elements to zero. */
  public void clear(long count) {
    clear(0, count);
  }

  /** Sets elements from an offset on to zero. */
  public void clear(long offset, long count) {
    address(precision, offset, count); // checks
    Pointer.memset(pointer.getPointer(offset), 0, count * precision.bytes());
  }

  /** Copies elements from other memory of the same precision. */
  public void copyFrom(Memory source, long sourceOffset, long offset, long count) {
    if (precision == Precision.FLOAT32) {
      floats().put(index(offset), source.floats(), index(sourceOffset), index(count));
    } else {
      doubles().put(index(offset), source.doubles(), index(sourceOffset), index(count));
    }
  }

  /** The same for so few elements that a loop is quicker. */
  void copyFew(Memory source, long sourceOffset, long offset, int count) {
    int from = index(sourceOffset);
    int to = index(offset);
    if (precision == Precision.FLOAT32) {
      FloatBuffer target = floats();
      FloatBuffer given = source.floats();
      for (int k = 0; k < count; k++) {
        target.put(to + k, given.get(from + k));
      }
    } else {
      DoubleBuffer target = doubles();
      DoubleBuffer given = source.doubles();
      for (int k = 0; k < count; k++) {
        target.put(to + k, given.get(from + k));
      }
    }
  }

  /** Adds a few elements of other memory of the same precision. */
  void addFew(Memory source, long sourceOffset, long offset, int count) {
    int from = index(sourceOffset);
    int to = index(offset);
    if (precision == Precision.FLOAT32) {
      FloatBuffer target = floats();
      FloatBuffer given = source.floats();
      for (int k = 0; k < count; k++) {
        target.put(to + k, target.get(to + k) + given.get(from + k));
      }
    } else {
      DoubleBuffer target = doubles();
      DoubleBuffer given = source.doubles();
      for (int k = 0; k < count; k++) {
        target.put(to + k, target.get(to + k) + given.get(from + k));
      }
    }
  }

  FloatBuffer floats() {
    if (floats == null) {
      throw new IllegalStateException("float access to memory of " + precision);
    }
    return floats;
  }

  DoubleBuffer doubles() {
    if (doubles == null) {
      throw new IllegalStateException("double access to memory of " + precision);
    }
    return doubles;
  }

  static int index(long offset) {
    return Math.toIntExact(offset);
  }
}
