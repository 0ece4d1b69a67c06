package org.rondoml.standard.initializers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondoml.api.Shape;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.ShapeMismatchException;

class OrthogonalTest {
  @ParameterizedTest
  @CsvSource({"32, 128", "128, 32", "50, 50", "1, 4", "4, 1"})
  void rowsOrColumnsAreOrthonormal(int rows, int columns) {
    double gain = 1.5;
    double[] w =
        new Orthogonal(new Orthogonal.Config(gain, null))
            .initialize(Shape.of(rows, columns), RandomStream.of(2));
    boolean byRows = rows < columns;
    int vectors = Math.min(rows, columns);
    int length = Math.max(rows, columns);
    for (int a = 0; a < vectors; a++) {
      for (int b = 0; b <= a; b++) {
        double dot = 0;
        for (int k = 0; k < length; k++) {
          dot +=
              byRows
                  ? w[a * columns + k] * w[b * columns + k]
                  : w[k * columns + a] * w[k * columns + b];
        }
        assertEquals(a == b ? gain * gain : 0, dot, 1e-12, a + " · " + b);
      }
    }
  }

  /**
   * With the signs of R's diagonal, Q has no preferred sign: over many matrices the first element's
   * mean is 0.
   */
  @Test
  void noDirectionIsPreferred() {
    double sum = 0;
    int matrices = 2000;
    for (int i = 0; i < matrices; i++) {
      sum +=
          new Orthogonal(new Orthogonal.Config(1, null))
              .initialize(Shape.of(3, 3), RandomStream.of(i))[0];
    }
    // An element of a random orthogonal 3 x 3 matrix has the variance 1/3; five standard deviations
    // of the mean.
    assertEquals(0, sum / matrices, 5 * Math.sqrt(1.0 / 3 / matrices));
  }

  @Test
  void refusesVectors() {
    ShapeMismatchException error =
        assertThrows(
            ShapeMismatchException.class,
            () ->
                new Orthogonal(new Orthogonal.Config(1, null))
                    .initialize(Shape.of(4), RandomStream.of(1)));
    assertEquals(
        "Orthogonal draws matrices, found a parameter of shape (4): use another initializer there",
        error.getMessage());
  }
}
