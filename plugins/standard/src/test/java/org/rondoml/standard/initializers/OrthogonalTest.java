package org.rondoml.standard.initializers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondoml.api.Shape;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.ShapeMismatchException;

class OrthogonalTest {
  /** All axes but the last count as rows. */
  static Stream<Shape> shapes() {
    return Stream.of(
        Shape.of(32, 128),
        Shape.of(128, 32),
        Shape.of(50, 50),
        Shape.of(1, 4),
        Shape.of(4, 1),
        Shape.of(5, 3, 40),
        Shape.of(2, 3, 4, 6),
        Shape.of(3, 3, 2, 32));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void rowsOrColumnsAreOrthonormal(Shape shape) {
    for (double gain : new double[] {1, 1.5, -0.25}) {
      double[] w =
          new Orthogonal(new Orthogonal.Config(gain, null)).initialize(shape, RandomStream.of(2));
      int columns = Math.toIntExact(shape.dimension(-1));
      int rows = w.length / columns;
      boolean byRows = rows < columns;
      for (int a = 0; a < Math.min(rows, columns); a++) {
        for (int b = 0; b <= a; b++) {
          double dot = 0;
          for (int k = 0; k < Math.max(rows, columns); k++) {
            dot +=
                byRows
                    ? w[a * columns + k] * w[b * columns + k]
                    : w[k * columns + a] * w[k * columns + b];
          }
          assertEquals(a == b ? gain * gain : 0, dot, 1e-12, shape + ": " + a + " · " + b);
        }
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
