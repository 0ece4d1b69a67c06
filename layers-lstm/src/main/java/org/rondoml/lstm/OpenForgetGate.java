package org.rondoml.lstm;

import java.util.Arrays;
import org.rondoml.api.Shape;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Initializer;

/**
 * Draws a bias (4 units) whose forget block is 1, so that the cell remembers at first (Jozefowicz
 * et al., "An empirical exploration of recurrent network architectures", 2015). As in Keras the
 * block i is drawn by itself, and c and o together.
 *
 * @param others draws the other blocks
 * @param units the length of a block
 */
record OpenForgetGate(Initializer others, int units) implements Initializer {
  @Override
  public void check(Shape parameter) {
    others.check(Shape.of(units));
  }

  @Override
  public double[] initialize(Shape shape, RandomStream random) {
    double[] i = others.initialize(Shape.of(units), random.derive("i"));
    double[] co = others.initialize(Shape.of(2L * units), random.derive("co"));
    double[] bias = new double[4 * units];
    System.arraycopy(i, 0, bias, 0, units);
    Arrays.fill(bias, units, 2 * units, 1);
    System.arraycopy(co, 0, bias, 2 * units, 2 * units);
    return bias;
  }
}
