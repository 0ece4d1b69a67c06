package org.rondoml.standard.layers.regularization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Layer;
import org.rondoml.standard.layers.Alone;
import org.rondoml.tck.LayerContract;

class GaussianNoiseTest extends LayerContract {
  private static Layer noise(double stddev, @Nullable Long seed) {
    return new GaussianNoise(new GaussianNoise.Config(stddev, seed));
  }

  @Override
  protected Layer layer() {
    return noise(0.3, null);
  }

  @Override
  protected List<Shape> inputs() {
    return List.of(Shape.of(3, 5));
  }

  @Test
  void addsNormalNoise() {
    double stddev = 0.5;
    double[] y = Alone.of(noise(stddev, null), Alone.ones(200, 50)).train(1);
    Moments.of(y).assertNear(1, stddev);
  }

  @Test
  void stepsAndSeedsDrawOthers() {
    double[] one = Alone.of(noise(0.5, null), Alone.ones(2, 3)).train(1);
    assertFalse(Arrays.equals(one, Alone.of(noise(0.5, null), Alone.ones(2, 3)).train(2)));
    assertFalse(Arrays.equals(one, Alone.of(noise(0.5, 3L), Alone.ones(2, 3)).train(1)));
  }

  @Test
  void doesNothingInInference() {
    assertArrayEquals(
        new double[] {1, 1}, Alone.of(noise(0.5, null), Alone.ones(1, 2)).infer(), 0.0);
  }

  @Test
  void keras3TakesOneAtMost() {
    GaussianNoise.Provider provider = new GaussianNoise.Provider();
    GaussianNoise.Config large = new GaussianNoise.Config(1.5, null);
    assertEquals(
        Shape.of(3),
        provider.create(large, Semantics.TF2).outputShapes(List.of(Shape.of(3))).get(0));
    ConfigException error =
        assertThrows(ConfigException.class, () -> provider.create(large, Semantics.KERAS3));
    assertEquals("stddev", error.key());
    assertEquals(
        "found 1.5, expected a number from 0 to 1: Keras 3 takes no more; semantics: tf2 does",
        error.getMessage());
  }
}
