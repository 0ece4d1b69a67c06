package org.rondoml.standard.initializers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.gamma.Erfc;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Shape;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Initializer;
import org.rondoml.standard.initializers.VarianceScaling.Distribution;
import org.rondoml.standard.initializers.VarianceScaling.Mode;

/**
 * The distributions, by the test of Kolmogorov and Smirnov with a fixed stream: the largest
 * distance between the drawn and the wanted distribution function stays below the bound that one
 * stream in a thousand exceeds. A spread that is 3 % off fails.
 */
class RandomInitializersTest {
  private static final Shape SHAPE = Shape.of(300, 500);
  private static final int N = 150_000;

  /** Wide enough for one stream in a thousand: 1.95 / sqrt(n). */
  private static final double BOUND = 1.95 / Math.sqrt(N);

  private static double distance(Initializer initializer, DoubleUnaryOperator distribution) {
    double[] values = initializer.initialize(SHAPE, RandomStream.of(5).derive("kernel"));
    assertEquals(N, values.length);
    Arrays.sort(values);
    double distance = 0;
    for (int i = 0; i < N; i++) {
      double wanted = distribution.applyAsDouble(values[i]);
      distance = Math.max(distance, Math.abs(wanted - (double) i / N));
      distance = Math.max(distance, Math.abs(wanted - (i + 1.0) / N));
    }
    return distance;
  }

  private static DoubleUnaryOperator uniform(double low, double high) {
    return x -> Math.min(1, Math.max(0, (x - low) / (high - low)));
  }

  private static DoubleUnaryOperator normal(double mean, double stddev) {
    return x -> phi((x - mean) / stddev);
  }

  private static DoubleUnaryOperator truncated(double mean, double stddev) {
    double outside = phi(-2);
    return x -> Math.min(1, Math.max(0, (phi((x - mean) / stddev) - outside) / (1 - 2 * outside)));
  }

  private static double phi(double x) {
    return 0.5 * Erfc.value(-x / Math.sqrt(2));
  }

  private static void assertDrawn(Initializer initializer, DoubleUnaryOperator distribution) {
    double distance = distance(initializer, distribution);
    assertTrue(distance < BOUND, "distance " + distance + ", bound " + BOUND);
  }

  private static VarianceScaling scaling(double scale, Mode mode, Distribution distribution) {
    return new VarianceScaling(new VarianceScaling.Config(scale, mode, distribution, null));
  }

  @Test
  void theUniformOnesHaveTheirLimits() {
    double glorot = Math.sqrt(6.0 / 800);
    assertDrawn(new GlorotUniform(new GlorotUniform.Config(null)), uniform(-glorot, glorot));
    double he = Math.sqrt(6.0 / 300);
    assertDrawn(new HeUniform(new HeUniform.Config(null)), uniform(-he, he));
    double lecun = Math.sqrt(3.0 / 300);
    assertDrawn(new LecunUniform(new LecunUniform.Config(null)), uniform(-lecun, lecun));
    assertDrawn(new RandomUniform(new RandomUniform.Config(-0.1, 0.3, null)), uniform(-0.1, 0.3));
  }

  @Test
  void theTruncatedOnesHaveTheirSpread() {
    double correction = 0.87962566103423978;
    assertDrawn(
        new GlorotNormal(new GlorotNormal.Config(null)),
        truncated(0, Math.sqrt(2.0 / 800) / correction));
    assertDrawn(
        new HeNormal(new HeNormal.Config(null)), truncated(0, Math.sqrt(2.0 / 300) / correction));
    assertDrawn(
        new LecunNormal(new LecunNormal.Config(null)),
        truncated(0, Math.sqrt(1.0 / 300) / correction));
    assertDrawn(new TruncatedNormal(new TruncatedNormal.Config(1, 0.2, null)), truncated(1, 0.2));
  }

  @Test
  void theNormalOnesHaveTheirSpread() {
    assertDrawn(new RandomNormal(new RandomNormal.Config(-1, 0.05, null)), normal(-1, 0.05));
    assertDrawn(
        scaling(3, Mode.FAN_OUT, Distribution.UNTRUNCATED_NORMAL), normal(0, Math.sqrt(3.0 / 500)));
    assertDrawn(
        scaling(1, Mode.FAN_AVG, Distribution.NORMAL),
        truncated(0, Math.sqrt(1.0 / 400) / 0.87962566103423978));
  }

  @Test
  void aSpreadThatIsSlightlyOffIsFound() {
    double off = 1.03 * Math.sqrt(6.0 / 800);
    assertTrue(
        distance(new GlorotUniform(new GlorotUniform.Config(null)), uniform(-off, off)) > BOUND);
  }

  @Test
  void fansCountTheSizesInFront() {
    double limit = Math.sqrt(3.0 / (4 * 6));
    double[] values =
        scaling(1, Mode.FAN_IN, Distribution.UNIFORM)
            .initialize(Shape.of(2, 3, 4, 100), RandomStream.of(1));
    double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
    assertTrue(
        largest < limit && largest > 0.99 * limit, "largest " + largest + ", limit " + limit);
  }

  @Test
  void aSeedOfItsOwnDecidesAlone() {
    double[] one = draw(3L, 1);
    assertArrayEquals(one, draw(3L, 2));
    assertTrue(!Arrays.equals(one, draw(4L, 1)));
    assertTrue(!Arrays.equals(draw(null, 1), draw(null, 2)));
    assertArrayEquals(draw(null, 1), draw(null, 1));
  }

  private static double[] draw(@Nullable Long seed, long modelSeed) {
    return new GlorotUniform(new GlorotUniform.Config(seed))
        .initialize(Shape.of(3, 4), RandomStream.of(modelSeed));
  }

  @Test
  void refusesBoundsInTheWrongOrder() {
    ConfigException error =
        assertThrows(ConfigException.class, () -> new RandomUniform.Config(1, -1, null));
    assertEquals("found minval 1.0 and maxval -1.0, expected minval < maxval", error.getMessage());
  }
}
