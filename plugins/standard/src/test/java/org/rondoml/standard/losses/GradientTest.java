package org.rondoml.standard.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Loss;

/**
 * Every loss's gradient against central differences in float64, at random outputs away from the
 * clipping.
 */
class GradientTest {
  private static final double STEP = 1e-6;

  static Stream<Loss> losses() {
    return Stream.of(Semantics.values())
        .flatMap(
            semantics ->
                Stream.of(
                    new MeanSquaredError(),
                    new BinaryCrossentropy(new BinaryCrossentropy.Config(false, 0.1), semantics),
                    new BinaryCrossentropy(new BinaryCrossentropy.Config(true, 0), semantics),
                    new CategoricalCrossentropy(new CategoricalCrossentropy.Config(false, 0)),
                    new CategoricalCrossentropy(new CategoricalCrossentropy.Config(true, 0.3)),
                    new SparseCategoricalCrossentropy(
                        new SparseCategoricalCrossentropy.Config(false)),
                    new SparseCategoricalCrossentropy(
                        new SparseCategoricalCrossentropy.Config(true))));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void agreesWithFiniteDifferences(Loss loss) {
    Random random = new Random(13);
    for (int length : new int[] {2, 3, 10}) {
      Vec target = Rows.of(new double[loss.targetLength(length)]);
      target.set(target.length() - 1, 1);
      Vec output = Rows.of(random.doubles(length, 0.05, 0.95).toArray());
      Vec gradient = Rows.of(new double[length]);
      loss.gradient(target, output, gradient);
      for (int k = 0; k < length; k++) {
        double at = output.get(k);
        output.set(k, at + STEP);
        double above = loss.value(target, output);
        output.set(k, at - STEP);
        double below = loss.value(target, output);
        output.set(k, at);
        double numeric = (above - below) / (2 * STEP);
        assertEquals(
            numeric,
            gradient.get(k),
            2e-9 * Math.max(1, Math.abs(numeric)),
            loss.getClass().getSimpleName() + ", element " + k + " of " + length);
      }
    }
  }
}
