package org.rondoml.datasets;

import java.nio.ByteBuffer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Precision;
import org.rondoml.core.io.ArrayBytes;
import org.rondoml.core.io.DataFiles;
import org.rondoml.core.spi.Padding;

/** Changes arrays element by element: in 64 bits, rounded once. */
final class Elements {
  private Elements() {}

  /** A change of an element. */
  @FunctionalInterface
  interface Change {
    /**
     * The changed element.
     *
     * @param x the element
     * @param index its place in row-major order
     */
    double of(double x, long index);
  }

  /** Takes an element. */
  @FunctionalInterface
  interface Visit {
    /**
     * Takes an element.
     *
     * @param x the element
     * @param index its place in row-major order
     */
    void take(double x, long index);
  }

  /**
   * Whether elements of an array are padding, by their place in row-major order.
   *
   * @param padding the padding of the data that the array is of, or null
   */
  static LongPredicate padding(@Nullable Padding padding, INDArray x) {
    if (padding == null || !padding.appliesTo(x)) {
      return index -> false;
    }
    long step = x.length() / x.size(0) / padding.steps();
    return index ->
        padding.isPadding(
            (int) (index / step / padding.steps()), (int) (index / step % padding.steps()));
  }

  /**
   * The changed elements of an array, which is left as it is, without those that are padding, which
   * stay as they are.
   *
   * @param padding the padding of the data that the array is of, or null
   * @param origin where it comes from, for messages
   */
  static INDArray change(
      INDArray x, @Nullable Padding padding, Precision precision, String origin, Change change) {
    LongPredicate stays = padding(padding, x);
    return change(
        x,
        precision,
        origin,
        (value, index) -> stays.test(index) ? value : change.of(value, index));
  }

  /**
   * The changed elements of an array, which is left as it is.
   *
   * @param origin where it comes from, for messages
   */
  static INDArray change(INDArray x, Precision precision, String origin, Change change) {
    INDArray y = DataFiles.allocate(precision.dataType(), x.shape(), 'c', origin);
    ArrayBytes from = ArrayBytes.of(x);
    ArrayBytes to = ArrayBytes.of(y);
    ElementReader reader = ElementReader.of(x.dataType());
    int width = x.dataType().width();
    int elements = ArrayBytes.PIECE / 8;
    for (long start = 0; start < x.length(); start += elements) {
      int count = (int) Math.min(elements, x.length() - start);
      ByteBuffer in = from.piece(start * width, count * width);
      ByteBuffer out = to.piece(start * precision.bytes(), count * precision.bytes());
      if (precision == Precision.FLOAT32) {
        for (int i = 0; i < count; i++) {
          out.putFloat(4 * i, (float) change.of(reader.get(in, i), start + i));
        }
      } else {
        for (int i = 0; i < count; i++) {
          out.putDouble(8 * i, change.of(reader.get(in, i), start + i));
        }
      }
    }
    return y;
  }

  /** Goes over the elements of an array in row-major order. */
  static void visit(INDArray x, Visit visit) {
    ArrayBytes from = ArrayBytes.of(x);
    ElementReader reader = ElementReader.of(x.dataType());
    int width = x.dataType().width();
    for (long offset = 0; offset < from.length(); ) {
      int bytes = from.pieceLength(offset);
      ByteBuffer piece = from.piece(offset, bytes);
      for (int i = 0; i < bytes / width; i++) {
        visit.take(reader.get(piece, i), offset / width + i);
      }
      offset += bytes;
    }
  }
}
