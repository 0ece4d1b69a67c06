package org.rondoml.standard.layers.regularization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Layer;
import org.rondoml.standard.layers.Alone;
import org.rondoml.tck.LayerContract;

class GaussianDropoutTest extends LayerContract {
  private static Layer dropout(double rate, @Nullable Long seed) {
    return new GaussianDropout(new GaussianDropout.Config(rate, seed));
  }

  @Override
  protected Layer layer() {
    return dropout(0.3, null);
  }

  @Override
  protected List<Shape> inputs() {
    return List.of(Shape.of(3, 5));
  }

  @Test
  void multipliesByNoiseOfTheVarianceOfDropout() {
    double rate = 0.2;
    double[] y = Alone.of(dropout(rate, null), Alone.ones(200, 50).muli(3)).train(1);
    Moments.of(y).assertNear(3, 3 * Math.sqrt(rate / (1 - rate)));
  }

  @Test
  void stepsAndSeedsDrawOthers() {
    double[] one = Alone.of(dropout(0.5, null), Alone.ones(2, 3)).train(1);
    assertFalse(Arrays.equals(one, Alone.of(dropout(0.5, null), Alone.ones(2, 3)).train(2)));
    assertFalse(Arrays.equals(one, Alone.of(dropout(0.5, 3L), Alone.ones(2, 3)).train(1)));
  }

  @Test
  void doesNothingInInference() {
    assertArrayEquals(
        new double[] {1, 1}, Alone.of(dropout(0.5, null), Alone.ones(1, 2)).infer(), 0.0);
  }
}
