package org.rondoml.standard.regularizers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.spi.ShapeMismatchException;

class OrthogonalRegularizerTest {

  /** {@code tf_keras.regularizers.OrthogonalRegularizer(0.3)} of the matrix, in float64. */
  @Test
  void ofRows() {
    assertEquals(
        0.05551452024710702,
        Penalties.ofTheMatrix("OrthogonalRegularizer", Map.of("factor", 0.3), Semantics.TF2),
        1e-16);
  }

  /**
   * {@code tf_keras.regularizers.OrthogonalRegularizer(0.3, mode='columns')} of the matrix, in
   * float64.
   */
  @Test
  void ofColumns() {
    assertEquals(
        0.17761140001162656,
        Penalties.ofTheMatrix(
            "orthogonal_regularizer", Map.of("factor", 0.3, "mode", "columns"), Semantics.KERAS3),
        1e-15);
  }

  @Test
  void gradientIsThatOfFiniteDifferences() {
    for (String mode : new String[] {"rows", "columns"}) {
      var regularizer =
          Penalties.regularizer(
              "OrthogonalRegularizer", Map.of("factor", 0.3, "mode", mode), Semantics.TF2);
      Penalties.checkGradient(regularizer, 3, 5);
      Penalties.checkGradient(regularizer, 4, 2);
      Penalties.checkSinglePrecision(regularizer);
    }
  }

  /** A row of zeros has no direction: it is at right angles to all others. */
  @Test
  void aRowOfZerosHasNoPenaltyAndAFiniteGradient() {
    var regularizer = Penalties.regularizer("OrthogonalRegularizer", Map.of(), Semantics.KERAS3);
    Memory matrix = Memory.of(Nd4j.createFromArray(new double[][] {{0, 0}, {3, 4}}));
    Memory gradient = Memory.of(Nd4j.create(matrix.array().dataType(), 4));
    regularizer.addGradient(matrix, 1, gradient, 0);
    assertEquals(0, regularizer.penalty(matrix));
    assertEquals(0, gradient.array().norm2Number().doubleValue());
  }

  @Test
  void refusesWhatIsNoMatrixOfSeveralRows() {
    var regularizer = Penalties.regularizer("OrthogonalRegularizer", Map.of(), Semantics.KERAS3);
    regularizer.checkParameter(Shape.of(2, 5));
    assertEquals(
        "OrthogonalRegularizer penalizes matrices, found a parameter of shape (5): use L1 or L2"
            + " there",
        assertThrows(ShapeMismatchException.class, () -> regularizer.checkParameter(Shape.of(5)))
            .getMessage());
    assertEquals(
        "OrthogonalRegularizer compares at least two rows, found a parameter of shape (1, 5)",
        assertThrows(ShapeMismatchException.class, () -> regularizer.checkParameter(Shape.of(1, 5)))
            .getMessage());
    assertEquals(
        "OrthogonalRegularizer is for parameters: as activity_regularizer it would compare samples",
        assertThrows(ShapeMismatchException.class, () -> regularizer.checkOutput(Shape.of(5)))
            .getMessage());
  }
}
