package org.rondoml.standard.losses;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.ShapeMismatchException;

/**
 * {@code keras.losses.categorical_crossentropy} of Keras 3.15 and tf_keras 2.21, values and
 * gradients in float64.
 */
class CategoricalCrossentropyTest {

  @Test
  void fromProbabilities() {
    Rows.check(
        new CategoricalCrossentropy(new CategoricalCrossentropy.Config(false, 0)),
        Rows.of(0, 1, 0, 0),
        Rows.of(0.2, 0.5, 0.4, 0.1),
        0.8754687373539,
        Rows.of(0.8333333333333333, -1.1666666666666667, 0.8333333333333333, 0.8333333333333333));
  }

  @Test
  void clipped() {
    Rows.check(
        new CategoricalCrossentropy(new CategoricalCrossentropy.Config(false, 0)),
        Rows.of(0, 1, 0, 0),
        Rows.of(1, 0, 0, 0),
        16.11809565095832,
        Rows.of(0.0, 0.0, 0.0, 0.0));
  }

  @Test
  void withLabelSmoothing() {
    Rows.check(
        new CategoricalCrossentropy(new CategoricalCrossentropy.Config(false, 0.1)),
        Rows.of(0, 1, 0, 0),
        Rows.of(0.2, 0.5, 0.4, 0.1),
        0.9441905422444616,
        Rows.of(0.7083333333333334, -1.016666666666667, 0.7708333333333334, 0.5833333333333334));
  }

  @Test
  void fromLogitsWithLabelSmoothing() {
    Rows.check(
        new CategoricalCrossentropy(new CategoricalCrossentropy.Config(true, 0.1)),
        Rows.of(0, 1, 0, 0),
        Rows.of(2, -1, -30, 0.3),
        3.8265207665450705,
        Rows.of(
            0.7863783859426361, -0.8846038488268669, -0.024999999999989725, 0.12322546288422057));
  }

  @Test
  void refusesWhatDoesNotFitAndNamesTheCure() {
    Loss loss = new CategoricalCrossentropy(new CategoricalCrossentropy.Config(false, 0));
    assertDoesNotThrow(() -> loss.check(Shape.of(10), Shape.of(10)));
    assertDoesNotThrow(() -> loss.check(Shape.of(28, 10), Shape.of(Shape.UNKNOWN, 10)));
    assertEquals(
        "categorical_crossentropy compares each element of the output with one of the target; found"
            + " targets of shape () and outputs of shape (10): class numbers go with"
            + " sparse_categorical_crossentropy, or become rows of 10 by the transform one_hot; other"
            + " numbers need a last layer with a single unit",
        assertThrows(ShapeMismatchException.class, () -> loss.check(Shape.of(), Shape.of(10)))
            .getMessage());
    assertEquals(
        "categorical_crossentropy compares probabilities of several classes, but the output has a"
            + " single unit (shape (1)): use binary_crossentropy, or as many units as there are"
            + " classes",
        assertThrows(ShapeMismatchException.class, () -> loss.check(Shape.of(), Shape.of(1)))
            .getMessage());
  }
}
