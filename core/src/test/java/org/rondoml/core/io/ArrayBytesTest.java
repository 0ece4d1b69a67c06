package org.rondoml.core.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class ArrayBytesTest {
  @Test
  void aPieceStartsAtItsOffset() {
    ArrayBytes bytes = ArrayBytes.of(Nd4j.createFromArray(1.0f, 2.0f, 3.0f));
    assertEquals(12, bytes.length());
    ByteBuffer piece = bytes.piece(4, 8);
    assertEquals(0, piece.position());
    assertEquals(8, piece.limit());
    assertEquals(2.0f, piece.getFloat(0));
    assertEquals(3.0f, piece.getFloat(4));
  }

  @Test
  void writingAPieceWritesTheArray() {
    INDArray array = Nd4j.createFromArray(1L, 2L, 3L);
    ArrayBytes.of(array).piece(16, 8).putLong(0, 9);
    assertEquals(9, array.getLong(2));
  }

  @Test
  void aViewIsSeenInRowMajorOrder() {
    INDArray array = Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}, {5, 6}});
    assertEquals(3, ArrayBytes.of(array.transpose()).piece(8, 8).getDouble(0));
    INDArray rows = array.get(NDArrayIndex.interval(1, 3));
    assertEquals(4, ArrayBytes.of(rows).piece(8, 8).getDouble(0));
  }

  @Test
  void reversesWholeElements() {
    ByteBuffer bytes =
        ByteBuffer.allocate(8).order(ByteOrder.BIG_ENDIAN).putLong(0, 0x0102030405060708L);
    ArrayBytes.reverse(bytes, 4);
    assertEquals(0x0403020108070605L, bytes.getLong(0));
    ArrayBytes.reverse(bytes, 2);
    assertEquals(0x0304010207080506L, bytes.getLong(0));
    ArrayBytes.reverse(bytes, 8);
    assertEquals(0x0605080702010403L, bytes.getLong(0));
  }
}
