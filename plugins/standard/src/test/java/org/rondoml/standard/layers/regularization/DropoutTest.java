package org.rondoml.standard.layers.regularization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.layers.Alone;
import org.rondoml.tck.LayerContract;

class DropoutTest {
  private static Dropout dropout(double rate, @Nullable Shape noiseShape, @Nullable Long seed) {
    return new Dropout(new Dropout.Config(rate, noiseShape, seed));
  }

  private static double[] ofOnes(Dropout dropout, long step, long... shape) {
    return Alone.of(dropout, Alone.ones(shape)).train(step);
  }

  @Nested
  class OfElements extends LayerContract {
    @Override
    protected Layer layer() {
      return dropout(0.4, null, null);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3, 5));
    }
  }

  @Nested
  class TheSameInAllSteps extends LayerContract {
    @Override
    protected Layer layer() {
      return dropout(0.4, Shape.of(Shape.UNKNOWN, 1, 5), null);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3, 5));
    }
  }

  @Nested
  class OfWholeStepsOfTheBatch extends LayerContract {
    @Override
    protected Layer layer() {
      return dropout(0.4, Shape.of(1, 3, 1), null);
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3, 5));
    }
  }

  @Test
  void dropsAtTheRateAndScalesTheRest() {
    double rate = 0.2;
    double[] y = ofOnes(dropout(rate, null, null), 3, 400, 251);
    int dropped = 0;
    for (double value : y) {
      if (value == 0) {
        dropped++;
      } else {
        assertEquals(1 / (1 - rate), value, 1e-15);
      }
    }
    // Five standard deviations of a binomial count.
    double expected = rate * y.length;
    assertEquals(expected, dropped, 5 * Math.sqrt(expected * (1 - rate)));
  }

  @Test
  void neighboursAreDroppedIndependently() {
    double[] y = ofOnes(dropout(0.5, null, null), 4, 400, 250);
    int both = 0;
    for (int i = 0; i < y.length; i += 2) {
      both += y[i] == 0 && y[i + 1] == 0 ? 1 : 0;
    }
    double pairs = y.length / 2.0;
    assertEquals(pairs / 4, both, 5 * Math.sqrt(pairs * 3 / 16));
  }

  @Test
  void isTheIdentityInInference() {
    double[] ones = new double[6];
    Arrays.fill(ones, 1);
    Alone alone = Alone.of(dropout(0.5, null, null), Alone.ones(2, 3));
    assertArrayEquals(ones, alone.infer(), 0.0);
  }

  @Test
  void aSeedOfItsOwnDropsOthers() {
    double[] without = ofOnes(dropout(0.5, null, null), 1, 8, 8);
    double[] one = ofOnes(dropout(0.5, null, 1L), 1, 8, 8);
    double[] two = ofOnes(dropout(0.5, null, 2L), 1, 8, 8);
    assertFalse(Arrays.equals(without, one));
    assertFalse(Arrays.equals(one, two));
    assertArrayEquals(one, ofOnes(dropout(0.5, null, 1L), 1, 8, 8), 0.0);
  }

  @Test
  void anotherStepDropsOthers() {
    assertFalse(
        Arrays.equals(
            ofOnes(dropout(0.5, null, null), 1, 8, 8), ofOnes(dropout(0.5, null, null), 2, 8, 8)));
  }

  @Test
  void keepsMasks() {
    Mask mask = Alone.mask(true, false);
    Alone alone = Alone.of(dropout(0.5, null, null), Alone.ones(1, 2, 3));
    alone.train(1, mask);
    assertEquals(mask, alone.outputMask());
  }

  @Test
  void sharesWhatItDropsAlongAxesOfSizeOne() {
    double[] y = ofOnes(dropout(0.5, Shape.of(Shape.UNKNOWN, 1, Shape.UNKNOWN), null), 1, 2, 4, 16);
    for (int sample = 0; sample < 2; sample++) {
      double[] first = Arrays.copyOfRange(y, sample * 64, sample * 64 + 16);
      for (int step = 1; step < 4; step++) {
        int at = sample * 64 + step * 16;
        assertArrayEquals(first, Arrays.copyOfRange(y, at, at + 16), 0.0);
      }
    }
    assertNotEquals(
        Arrays.toString(Arrays.copyOf(y, 16)), Arrays.toString(Arrays.copyOfRange(y, 64, 80)));
  }

  @Test
  void sharesWhatItDropsInTheWholeBatch() {
    Dropout shared = dropout(0.5, Shape.of(1, 16), null);
    assertTrue(shared.mixesSamples());
    assertFalse(dropout(0.5, Shape.of(Shape.UNKNOWN, 16), null).mixesSamples());
    double[] y = ofOnes(shared, 1, 3, 16);
    assertArrayEquals(Arrays.copyOf(y, 16), Arrays.copyOfRange(y, 16, 32), 0.0);
    assertArrayEquals(Arrays.copyOf(y, 16), Arrays.copyOfRange(y, 32, 48), 0.0);
  }

  @Test
  void refusesNoiseOfAnotherShape() {
    for (Shape noise :
        List.of(Shape.of(1, 5), Shape.of(8, 3, 5), Shape.of(-1, 2, 5), Shape.of(-1, 3, 5, 1))) {
      ShapeMismatchException error =
          assertThrows(
              ShapeMismatchException.class,
              () -> dropout(0.5, noise, null).outputShape(Shape.of(3, 5)));
      assertEquals(
          "found noise_shape "
              + noise
              + " for inputs of shape (3, 5): expected a size for the batch axis and one for each of"
              + " the input's: 1 where all share the same noise, null where each has its own",
          error.getMessage());
    }
  }
}
