package org.rondoml.standard.initializers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.rondoml.api.Shape;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Initializer;
import org.rondoml.core.spi.ShapeMismatchException;

class FixedInitializersTest {
  private static double[] values(Initializer initializer, long... shape) {
    return initializer.initialize(Shape.of(shape), RandomStream.of(1));
  }

  @Test
  void giveTheirValues() {
    assertArrayEquals(new double[] {0, 0}, values(new Zeros(), 2));
    assertArrayEquals(new double[] {1, 1}, values(new Ones(), 2));
    assertArrayEquals(
        new double[] {0.3, 0.3}, values(new Constant(new Constant.Config(0.3)), 1, 2));
    assertArrayEquals(
        new double[] {2, 0, 0, 0, 2, 0}, values(new Identity(new Identity.Config(2)), 2, 3));
  }

  @Test
  void identityRefusesWhatIsNoMatrix() {
    assertThrows(
        ShapeMismatchException.class, () -> values(new Identity(new Identity.Config(1)), 3));
  }
}
