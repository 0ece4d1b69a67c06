package org.rondoml.standard.layers.regularization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.layers.Alone;
import org.rondoml.tck.LayerContract;

class SpatialDropout1DTest extends LayerContract {
  private static SpatialDropout1D dropout(double rate, @Nullable Long seed) {
    return new SpatialDropout1D(new SpatialDropout1D.Config(rate, seed));
  }

  @Override
  protected Layer layer() {
    return dropout(0.4, null);
  }

  @Override
  protected List<Shape> inputs() {
    return List.of(Shape.of(3, 5));
  }

  @Test
  void dropsWholeFeaturesAtTheRate() {
    int samples = 50;
    int steps = 3;
    int features = 40;
    double rate = 0.3;
    double[] y = Alone.of(dropout(rate, null), Alone.ones(samples, steps, features)).train(1);
    int dropped = 0;
    for (int sample = 0; sample < samples; sample++) {
      for (int feature = 0; feature < features; feature++) {
        double first = y[sample * steps * features + feature];
        assertEquals(first == 0 ? 0 : 1 / (1 - rate), first, 1e-15);
        dropped += first == 0 ? 1 : 0;
        for (int step = 1; step < steps; step++) {
          assertEquals(first, y[(sample * steps + step) * features + feature], 0.0);
        }
      }
    }
    double expected = rate * samples * features;
    assertEquals(expected, dropped, 5 * Math.sqrt(expected * (1 - rate)));
  }

  @Test
  void stepsAndSeedsDropOthers() {
    double[] one = Alone.of(dropout(0.5, null), Alone.ones(4, 2, 16)).train(1);
    assertFalse(Arrays.equals(one, Alone.of(dropout(0.5, null), Alone.ones(4, 2, 16)).train(2)));
    assertFalse(Arrays.equals(one, Alone.of(dropout(0.5, 3L), Alone.ones(4, 2, 16)).train(1)));
  }

  @Test
  void doesNothingInInference() {
    assertArrayEquals(
        new double[] {1, 1, 1, 1}, Alone.of(dropout(0.9, null), Alone.ones(1, 2, 2)).infer(), 0.0);
  }

  @Test
  void refusesWhatIsNoSequence() {
    ShapeMismatchException error =
        assertThrows(
            ShapeMismatchException.class, () -> dropout(0.5, null).outputShape(Shape.of(7)));
    assertEquals(
        "found inputs of shape (7), expected sequences (time, features): Dropout drops single"
            + " elements of any shape",
        error.getMessage());
  }
}
