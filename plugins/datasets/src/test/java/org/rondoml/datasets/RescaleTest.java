package org.rondoml.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Dataset;

class RescaleTest {
  /** NumPy divides bytes by 255 in 64 bits; a cast to 32 bits follows. */
  @Test
  void bytesOver255AreWhatNumPyGivesForEveryByte() {
    INDArray bytes = Nd4j.arange(256).castTo(DataType.UINT8).reshape(16, 16);
    INDArray scaled = rescale(bytes, 1.0 / 255, 0, Precision.FLOAT32);
    assertEquals(DataType.FLOAT, scaled.dataType());
    assertArrayEquals(new long[] {16, 16}, scaled.shape());
    for (int i = 0; i < 256; i++) {
      assertEquals((float) (i / 255.0), scaled.getFloat(i / 16, i % 16), "byte " + i);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE", "BYTE", "UBYTE", "SHORT", "UINT16", "INT", "UINT32", "LONG"})
  void takesEveryType(DataType type) {
    INDArray x = Nd4j.createFromArray(0.0, 1.0, 100.0).castTo(type);
    assertArrayEquals(
        new double[] {-1, -0.5, 49}, rescale(x, 0.5, -1, Precision.FLOAT64).data().asDouble());
  }

  @Test
  void keepsTheOrderOfViews() {
    INDArray x =
        Nd4j.createFromArray(new double[][] {{1, 2, 3}, {4, 5, 6}})
            .get(NDArrayIndex.all(), NDArrayIndex.interval(1, 3));
    assertArrayEquals(
        new double[] {4, 6, 10, 12}, rescale(x, 2, 0, Precision.FLOAT64).data().asDouble());
  }

  @Test
  void leavesEverythingElseAsItIs() {
    INDArray x = Nd4j.createFromArray(1.0, 2.0);
    INDArray y = Nd4j.createFromArray(3, 4);
    INDArray weights = Nd4j.createFromArray(1.0f, 2.0f);
    Dataset data = new Dataset(Map.of("x", x), List.of(y), weights, "data.npz");
    Dataset changed = new Rescale(new Rescale.Config(2, 0)).apply(data, Precision.FLOAT64);
    assertSame(y, changed.targets().get(0));
    assertSame(weights, changed.sampleWeights());
    assertEquals("data.npz", changed.origin());
    assertEquals(1.0, x.getDouble(0));
  }

  @Test
  void rescalesMoreThanOnePieceOfMemory() {
    INDArray x = Nd4j.arange(300_001).castTo(DataType.INT32);
    INDArray scaled = rescale(x, 0.5, 0, Precision.FLOAT64);
    assertEquals(150_000, scaled.getDouble(300_000));
    assertEquals(65_536.5, scaled.getDouble(131_073));
  }

  private static INDArray rescale(INDArray x, double scale, double offset, Precision precision) {
    Dataset data = new Dataset(Map.of("x", x), List.of(), null, "data.npz");
    Dataset changed =
        new Rescale.Provider()
            .create(new Rescale.Config(scale, offset), Semantics.KERAS3)
            .apply(data, precision);
    return Objects.requireNonNull(changed.inputs().get("x"));
  }
}
