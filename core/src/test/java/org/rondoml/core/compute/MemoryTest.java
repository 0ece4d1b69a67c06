package org.rondoml.core.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.rondoml.api.Precision;

class MemoryTest {
  private static INDArray counting(long... shape) {
    long length = 1;
    for (long dimension : shape) {
      length *= dimension;
    }
    return Nd4j.arange((double) length).castTo(DataType.DOUBLE).reshape(shape);
  }

  @Test
  void sharesTheArraysMemory() {
    INDArray array = counting(2, 3);
    Memory memory = Memory.of(array);
    Vec row = Vec.zeros(Precision.FLOAT64, 3).load(memory, 3);
    assertEquals(4, row.get(1));
    row.fill(9).store(memory, 0);
    assertEquals(9, array.getDouble(0, 2));
    assertEquals(3, array.getDouble(1, 0));
  }

  @Test
  void aViewStartsWhereItStarts() {
    INDArray view = counting(4, 3).get(NDArrayIndex.interval(2, 4));
    assertEquals(6, Vec.zeros(Precision.FLOAT64, 3).load(Memory.of(view), 0).get(0));
  }

  @Test
  void leadingAxesMayLieInAnyOrder() {
    INDArray timeMajor = counting(5, 2, 3);
    INDArray seenBatchMajor = timeMajor.permute(1, 0, 2);
    assertTrue(Memory.isDense(seenBatchMajor));
    Vec row = Vec.zeros(Precision.FLOAT64, 3).load(Memory.of(seenBatchMajor), 3);
    assertEquals(seenBatchMajor.getDouble(1, 0, 0), row.get(0));
  }

  @Test
  void gapsAndAScatteredLastAxisAreRefused() {
    assertFalse(
        Memory.isDense(counting(4, 3).get(NDArrayIndex.all(), NDArrayIndex.interval(0, 2))));
    INDArray transposed = counting(4, 3).transpose();
    assertFalse(Memory.isDense(transposed));
    assertEquals(
        "array of shape [3, 4] has gaps or a last axis that is not contiguous (strides [1, 3]);"
            + " dup('c') gives one that fits",
        assertThrows(IllegalArgumentException.class, () -> Memory.of(transposed)).getMessage());
  }

  @Test
  void otherTypesAreRefused() {
    INDArray ints = Nd4j.createFromArray(1, 2);
    assertEquals(
        "memory of INT array: expected FLOAT or DOUBLE",
        assertThrows(IllegalArgumentException.class, () -> Memory.of(ints)).getMessage());
  }

  @Test
  void copiesAndClears() {
    Memory from = Memory.of(counting(6));
    Memory to = Memory.of(Nd4j.create(DataType.DOUBLE, 6));
    to.copyFrom(from, 2, 1, 3);
    assertEquals(
        "[0.0, 2.0, 3.0, 4.0, 0.0, 0.0]", java.util.Arrays.toString(to.array().toDoubleVector()));
    to.clear();
    assertEquals(0, to.array().sumNumber().doubleValue());
  }
}
