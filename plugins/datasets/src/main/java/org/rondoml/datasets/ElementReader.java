package org.rondoml.datasets;

import java.nio.ByteBuffer;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/** Takes the elements of a piece of memory as doubles, whatever their type. */
@FunctionalInterface
interface ElementReader {
  /** A reader for every type that files are read in. */
  Map<DataType, ElementReader> READERS =
      Map.ofEntries(
          Map.entry(DataType.FLOAT, (piece, index) -> piece.getFloat(4 * index)),
          Map.entry(DataType.DOUBLE, (piece, index) -> piece.getDouble(8 * index)),
          Map.entry(DataType.INT8, (piece, index) -> piece.get(index)),
          Map.entry(DataType.UINT8, (piece, index) -> piece.get(index) & 0xff),
          Map.entry(DataType.BOOL, (piece, index) -> piece.get(index)),
          Map.entry(DataType.INT16, (piece, index) -> piece.getShort(2 * index)),
          Map.entry(
              DataType.UINT16, (piece, index) -> Short.toUnsignedInt(piece.getShort(2 * index))),
          Map.entry(DataType.INT32, (piece, index) -> piece.getInt(4 * index)),
          Map.entry(
              DataType.UINT32, (piece, index) -> Integer.toUnsignedLong(piece.getInt(4 * index))),
          Map.entry(DataType.INT64, (piece, index) -> piece.getLong(8 * index)));

  /** The element of an index, counted in elements. */
  double get(ByteBuffer piece, int index);

  /** The reader for a type. */
  static ElementReader of(DataType type) {
    ElementReader reader = READERS.get(type);
    if (reader == null) {
      throw new IllegalArgumentException("no source gives arrays of type " + type);
    }
    return reader;
  }
}
