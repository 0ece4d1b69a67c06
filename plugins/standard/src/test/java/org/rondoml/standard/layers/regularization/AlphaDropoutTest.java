package org.rondoml.standard.layers.regularization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Shape;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Layer;
import org.rondoml.standard.layers.Alone;
import org.rondoml.tck.LayerContract;

class AlphaDropoutTest {
  private static Layer dropout(double rate, @Nullable Shape noiseShape, @Nullable Long seed) {
    return new AlphaDropout(new AlphaDropout.Config(rate, noiseShape, seed));
  }

  @Nested
  class OfElements extends LayerContract {
    @Override
    protected Layer layer() {
      return dropout(0.3, null, null);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3, 5));
    }
  }

  @Nested
  class OfWholeFeatures extends LayerContract {
    @Override
    protected Layer layer() {
      return dropout(0.3, Shape.of(Shape.UNKNOWN, 1, Shape.UNKNOWN), null);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3, 5));
    }
  }

  /** The two values of Keras 3.15's formula for x = 1 and rate = 0.25, and how often they come. */
  @Test
  void dropsToTheLimitOfSeluAtTheRate() {
    double rate = 0.25;
    double low = -1.7580993408473766;
    double a = Math.pow((1 - rate) * (1 + rate * low * low), -0.5);
    double b = -a * low * rate;
    double[] y = Alone.of(dropout(rate, null, null), Alone.ones(200, 50)).train(1);
    int dropped = 0;
    for (double value : y) {
      boolean isDropped = value < 0;
      assertEquals(isDropped ? a * low + b : a + b, value, 1e-14);
      dropped += isDropped ? 1 : 0;
    }
    double expected = rate * y.length;
    assertEquals(expected, dropped, 5 * Math.sqrt(expected * (1 - rate)));
  }

  @Test
  void keepsMeanAndVariance() {
    RandomStream random = RandomStream.of(3);
    double[] x = new double[20000];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextGaussian();
    }
    double[] y = Alone.of(dropout(0.2, null, null), Alone.array(x, 200, 100)).train(1);
    Moments moments = Moments.of(y);
    assertEquals(0, moments.mean(), 5 / Math.sqrt(y.length));
    // The fourth moment is above that of normal numbers, so the bound is twice theirs.
    assertEquals(1, moments.stddev(), 10 / Math.sqrt(2.0 * y.length));
  }

  @Test
  void stepsAndSeedsDropOthers() {
    double[] one = Alone.of(dropout(0.5, null, null), Alone.ones(4, 8)).train(1);
    assertFalse(Arrays.equals(one, Alone.of(dropout(0.5, null, null), Alone.ones(4, 8)).train(2)));
    assertFalse(Arrays.equals(one, Alone.of(dropout(0.5, null, 3L), Alone.ones(4, 8)).train(1)));
  }

  @Test
  void doesNothingInInference() {
    assertArrayEquals(
        new double[] {1, 1}, Alone.of(dropout(0.5, null, null), Alone.ones(1, 2)).infer(), 0.0);
  }
}
