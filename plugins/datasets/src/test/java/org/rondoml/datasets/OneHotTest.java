package org.rondoml.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.DataException;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Dataset;

class OneHotTest {
  private static final INDArray X = Nd4j.createFromArray(1.0, 2.0);

  @Test
  void putsAOneAtTheClass() {
    INDArray y = oneHot(3, Precision.FLOAT32, Nd4j.createFromArray(2L, 0L));
    assertEquals(DataType.FLOAT, y.dataType());
    assertEquals(Nd4j.createFromArray(new float[][] {{0, 0, 1}, {1, 0, 0}}), y);
    y = oneHot(3, Precision.FLOAT64, Nd4j.createFromArray(1.0f, 2.0f));
    assertEquals(Nd4j.createFromArray(new double[][] {{0, 1, 0}, {0, 0, 1}}), y);
  }

  /** As keras.utils.to_categorical does. */
  @Test
  void keepsTimeStepsAndDropsALastAxisOfOne() {
    INDArray steps = Nd4j.createFromArray(new int[][] {{0, 1, 1}, {1, 0, 0}});
    INDArray y = oneHot(2, Precision.FLOAT32, steps);
    assertArrayEquals(new long[] {2, 3, 2}, y.shape());
    assertEquals(1, y.getDouble(0, 2, 1));
    assertEquals(0, y.getDouble(1, 2, 1));
    assertArrayEquals(
        new long[] {2, 2},
        oneHot(2, Precision.FLOAT32, Nd4j.createFromArray(new int[][] {{0}, {1}})).shape());
  }

  @Test
  void refusesLabelsOutsideTheClasses() {
    assertRefused(
        Nd4j.createFromArray(0, 3),
        "data.npz: one_hot: the target in row 1 is 3; expected a class number from 0 to 2"
            + " (num_classes is 3)");
    assertRefused(
        Nd4j.createFromArray(-1, 0),
        "data.npz: one_hot: the target in row 0 is -1; expected a class number from 0 to 2"
            + " (num_classes is 3)");
    assertRefused(
        Nd4j.createFromArray(new double[][] {{0, 1}, {0, 0.5}}),
        "data.npz: one_hot: the target in row 1 is 0.5; expected a class number from 0 to 2"
            + " (num_classes is 3)");
    assertRefused(
        Nd4j.createFromArray(0.0, Double.NaN),
        "data.npz: one_hot: the target in row 1 is NaN; expected a class number from 0 to 2"
            + " (num_classes is 3)");
  }

  @Test
  void leavesSamplesToPredictAsTheyAre() {
    Dataset data = new Dataset(Map.of("x", X), List.of(), null, "data.npz");
    OneHot oneHot = new OneHot(new OneHot.Config(3));
    assertEquals(data, oneHot.apply(data, Precision.FLOAT32));
  }

  private static void assertRefused(INDArray y, String message) {
    assertEquals(
        message,
        assertThrows(DataException.class, () -> oneHot(3, Precision.FLOAT32, y)).getMessage());
  }

  private static INDArray oneHot(int classes, Precision precision, INDArray y) {
    Dataset data = new Dataset(Map.of("x", X), List.of(y), null, "data.npz");
    return new OneHot.Provider()
        .create(new OneHot.Config(classes), Semantics.KERAS3)
        .apply(data, precision)
        .targets()
        .get(0);
  }
}
