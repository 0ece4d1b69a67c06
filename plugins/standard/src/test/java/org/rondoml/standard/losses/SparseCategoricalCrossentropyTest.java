package org.rondoml.standard.losses;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.rondoml.api.DataException;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.ShapeMismatchException;

/**
 * {@code keras.losses.sparse_categorical_crossentropy} of Keras 3.15 and tf_keras 2.21, values and
 * gradients in float64.
 */
class SparseCategoricalCrossentropyTest {
  private static Loss loss(boolean fromLogits) {
    return new SparseCategoricalCrossentropy(
        new SparseCategoricalCrossentropy.Config(fromLogits, null, -1), Semantics.KERAS3);
  }

  @Test
  void fromProbabilities() {
    Rows.check(
        loss(false),
        Rows.of(1),
        Rows.of(0.2, 0.5, 0.4, 0.1),
        0.8754687373539001,
        Rows.of(0.8333333333333333, -1.1666666666666667, 0.8333333333333333, 0.8333333333333335));
  }

  @Test
  void clipped() {
    Rows.check(
        loss(false),
        Rows.of(1),
        Rows.of(1, 0, 0, 0),
        16.1180958509583,
        Rows.of(0.0, 0.0, 0.0, 0.0));
  }

  @Test
  void fromLogits() {
    Rows.check(
        loss(true),
        Rows.of(2),
        Rows.of(2, -1, -30, 0.3),
        32.20902076654507,
        Rows.of(0.8113783859426361, 0.04039615117313312, -0.9999999999999897, 0.14822546288422056));
  }

  @Test
  void refusesWhatDoesNotFitAndNamesTheCure() {
    Loss loss = loss(false);
    assertDoesNotThrow(() -> loss.check(Shape.of(), Shape.of(10)));
    assertDoesNotThrow(() -> loss.check(Shape.of(1), Shape.of(10)));
    assertDoesNotThrow(() -> loss.check(Shape.of(28), Shape.of(28, 10)));
    assertEquals(
        "sparse_categorical_crossentropy takes class numbers; found targets of shape (10) and"
            + " outputs of shape (10): one-hot targets go with categorical_crossentropy",
        assertThrows(ShapeMismatchException.class, () -> loss.check(Shape.of(10), Shape.of(10)))
            .getMessage());
  }

  @Test
  void refusesALabelThatIsNoClass() {
    Loss loss = loss(false);
    assertEquals(
        "label 10 is none of the class numbers 0 to 3 of an output with 4 units: number the classes"
            + " from 0, and give the last layer a unit for each",
        assertThrows(
                DataException.class, () -> loss.value(Rows.of(10), Rows.of(0.1, 0.2, 0.3, 0.4)))
            .getMessage());
    for (double label : new double[] {-1, 4, 1.5, Double.NaN}) {
      assertThrows(
          DataException.class, () -> loss.value(Rows.of(label), Rows.of(0.1, 0.2, 0.3, 0.4)));
    }
  }
}
