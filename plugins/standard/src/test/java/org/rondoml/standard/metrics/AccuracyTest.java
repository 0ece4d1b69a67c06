package org.rondoml.standard.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.losses.BinaryCrossentropy;

class AccuracyTest {
  private static final Loss BCE =
      new BinaryCrossentropy(new BinaryCrossentropy.Config(false, 0), Semantics.KERAS3);

  private static Metric resolve(Shape target, Shape output) {
    Metric metric = new Accuracy("acc").resolve(target, output, BCE);
    assertEquals("acc", metric.name());
    return metric;
  }

  private static Vec row(double... values) {
    Vec row = Vec.zeros(Precision.FLOAT64, values.length);
    for (int k = 0; k < values.length; k++) {
      row.set(k, values[k]);
    }
    return row;
  }

  @Test
  void isChosenByTheShapes() {
    assertInstanceOf(BinaryAccuracy.class, resolve(Shape.of(), Shape.of(1)));
    assertInstanceOf(SparseCategoricalAccuracy.class, resolve(Shape.of(), Shape.of(10)));
    assertInstanceOf(SparseCategoricalAccuracy.class, resolve(Shape.of(1), Shape.of(10)));
    assertInstanceOf(SparseCategoricalAccuracy.class, resolve(Shape.of(5), Shape.of(5, 10)));
    assertInstanceOf(CategoricalAccuracy.class, resolve(Shape.of(10), Shape.of(10)));
  }

  /** {@code BinaryAccuracy()([[1, 0, 1]], [[.6, .5, .2]])} is 2/3. */
  @Test
  void binaryCountsElementsAboveTheThreshold() {
    Metric.State state =
        new BinaryAccuracy(new BinaryAccuracy.Config("binary_accuracy", 0.5)).start();
    state.add(row(1, 0, 1), row(0.6, 0.5, 0.2), 1);
    assertEquals(2.0 / 3, state.result(), 1e-15);
  }

  /** {@code CategoricalAccuracy()([[0, 1, 0], [1, 0, 0]], [[.1, .8, .1], [.4, .5, .1]])} is 1/2. */
  @Test
  void categoricalComparesTheLargest() {
    Metric.State state = new CategoricalAccuracy("hits").start();
    state.add(row(0, 1, 0), row(0.1, 0.8, 0.1), 1);
    state.add(row(1, 0, 0), row(0.4, 0.5, 0.1), 1);
    assertEquals(0.5, state.result());
  }

  @Test
  void weightsStatesAndSnapshotsAddUp() {
    Metric metric = new SparseCategoricalAccuracy("hits");
    Metric.State one = metric.start();
    assertEquals(0, one.result());
    one.add(row(1), row(0.1, 0.8, 0.1), 3);
    Metric.State other = metric.start();
    other.add(row(2), row(0.1, 0.8, 0.1), 1);
    one.add(other);
    assertEquals(0.75, one.result());
    assertArrayEquals(new double[] {3, 4}, one.snapshot());
    Metric.State restored = metric.start();
    restored.restore(one.snapshot());
    assertEquals(0.75, restored.result());
  }

  @Test
  void refusesShapesThatDoNotFit() {
    ShapeMismatchException error =
        assertThrows(
            ShapeMismatchException.class,
            () ->
                new SparseCategoricalAccuracy("hits")
                    .resolve(
                        Shape.of(10),
                        Shape.of(10),
                        new org.rondoml.standard.losses.MeanSquaredError()));
    assertEquals(
        "sparse_categorical_accuracy takes class numbers; found targets of shape (10) and outputs"
            + " of shape (10): categorical_accuracy takes one-hot targets, accuracy chooses by"
            + " itself",
        error.getMessage());
  }
}
