package org.rondoml.standard.initializers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.numbers.gamma.Erfc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondoml.api.ModelFileException;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Initializer;

class RandomInitializersTest {
  /** One stream in a thousand is further from its distribution. */
  private static final double LEAST_PROBABILITY = 1e-3;

  /** The standard deviation of a normal distribution of 1 without what lies beyond two. */
  private static final double TRUNCATED = 0.87962566103423978;

  /** (300, 500): as many connections come in as the first says, and go out as the second. */
  private static final Shape MATRIX = Shape.of(300, 500);

  /** A convolution's: 3 · 5 · 40 = 600 come in, 3 · 5 · 60 = 900 go out. */
  private static final Shape CONVOLUTION = Shape.of(3, 5, 40, 60);

  private static final Shape VECTOR = Shape.of(20_000);

  private static final Registry REGISTRY =
      Registry.load(RandomInitializersTest.class.getClassLoader());

  private static Initializer initializer(String name, Map<String, ?> keys) {
    return REGISTRY.create(Initializer.class, name, keys, Semantics.KERAS3);
  }

  /**
   * An initializer and the distribution of its values.
   *
   * @param name its name
   * @param keys its keys
   * @param shape of the parameter that it draws
   * @param distribution the distribution function
   */
  private record Case(
      String name, Map<String, ?> keys, Shape shape, DoubleUnaryOperator distribution) {
    double[] values() {
      return initializer(name, keys).initialize(shape, RandomStream.of(5).derive("kernel"));
    }

    @Override
    public String toString() {
      return name + " " + keys + " " + shape;
    }
  }

  private static DoubleUnaryOperator uniform(double low, double high) {
    return x -> Math.min(1, Math.max(0, (x - low) / (high - low)));
  }

  private static DoubleUnaryOperator within(double limit) {
    return uniform(-limit, limit);
  }

  private static DoubleUnaryOperator normal(double mean, double stddev) {
    return x -> phi((x - mean) / stddev);
  }

  /** Normal without what lies beyond two standard deviations. */
  private static DoubleUnaryOperator truncated(double mean, double stddev) {
    double outside = phi(-2);
    return x -> Math.min(1, Math.max(0, (phi((x - mean) / stddev) - outside) / (1 - 2 * outside)));
  }

  private static double phi(double x) {
    return 0.5 * Erfc.value(-x / Math.sqrt(2));
  }

  private static Map<String, ?> scaling(double scale, String mode, String distribution) {
    return Map.of("scale", scale, "mode", mode, "distribution", distribution);
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("RandomUniform", Map.of(), MATRIX, uniform(-0.05, 0.05)),
        new Case(
            "RandomUniform", Map.of("minval", -0.1, "maxval", 0.3), VECTOR, uniform(-0.1, 0.3)),
        new Case("RandomNormal", Map.of(), MATRIX, normal(0, 0.05)),
        new Case("RandomNormal", Map.of("mean", -1, "stddev", 2), VECTOR, normal(-1, 2)),
        new Case("TruncatedNormal", Map.of(), MATRIX, truncated(0, 0.05)),
        new Case("TruncatedNormal", Map.of("mean", 1, "stddev", 0.2), VECTOR, truncated(1, 0.2)),
        new Case("GlorotUniform", Map.of(), MATRIX, within(Math.sqrt(6.0 / 800))),
        new Case("GlorotUniform", Map.of(), CONVOLUTION, within(Math.sqrt(6.0 / 1500))),
        new Case("GlorotNormal", Map.of(), MATRIX, truncated(0, Math.sqrt(2.0 / 800) / TRUNCATED)),
        new Case(
            "GlorotNormal", Map.of(), CONVOLUTION, truncated(0, Math.sqrt(2.0 / 1500) / TRUNCATED)),
        new Case("HeUniform", Map.of(), MATRIX, within(Math.sqrt(6.0 / 300))),
        new Case("HeUniform", Map.of(), CONVOLUTION, within(Math.sqrt(6.0 / 600))),
        new Case("HeNormal", Map.of(), MATRIX, truncated(0, Math.sqrt(2.0 / 300) / TRUNCATED)),
        new Case("HeNormal", Map.of(), CONVOLUTION, truncated(0, Math.sqrt(2.0 / 600) / TRUNCATED)),
        new Case("LecunUniform", Map.of(), MATRIX, within(Math.sqrt(3.0 / 300))),
        new Case("LecunUniform", Map.of(), CONVOLUTION, within(Math.sqrt(3.0 / 600))),
        new Case("LecunNormal", Map.of(), MATRIX, truncated(0, Math.sqrt(1.0 / 300) / TRUNCATED)),
        new Case(
            "LecunNormal", Map.of(), CONVOLUTION, truncated(0, Math.sqrt(1.0 / 600) / TRUNCATED)),
        new Case(
            "VarianceScaling", Map.of(), MATRIX, truncated(0, Math.sqrt(1.0 / 300) / TRUNCATED)),
        new Case(
            "VarianceScaling",
            scaling(3, "fan_out", "untruncated_normal"),
            MATRIX,
            normal(0, Math.sqrt(3.0 / 500))),
        new Case(
            "VarianceScaling",
            scaling(0.5, "fan_avg", "normal"),
            CONVOLUTION,
            truncated(0, Math.sqrt(0.5 / 750) / TRUNCATED)),
        new Case(
            "VarianceScaling",
            scaling(2, "fan_out", "uniform"),
            CONVOLUTION,
            within(Math.sqrt(3 * 2.0 / 900))),
        // A vector has its length for both; Keras' compute_fans((n,)) is (n, n).
        new Case(
            "VarianceScaling",
            scaling(1, "fan_avg", "uniform"),
            VECTOR,
            within(Math.sqrt(3.0 / 20_000))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void drawFromTheirDistributions(Case drawn) {
    double probability = KolmogorovSmirnov.probability(drawn.values(), drawn.distribution());
    assertTrue(probability > LEAST_PROBABILITY, "probability " + probability);
  }

  /** The test sees a spread that is 3 % off, and a mean that is off by a twentieth of it. */
  @ParameterizedTest
  @MethodSource("cases")
  void aDistributionThatIsSlightlyOffIsFound(Case drawn) {
    double[] values = drawn.values();
    double mean = Arrays.stream(values).average().orElse(0);
    double spread =
        Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0));
    if (values.length > 100_000) {
      double[] wider = Arrays.stream(values).map(v -> mean + 1.03 * (v - mean)).toArray();
      assertTrue(
          KolmogorovSmirnov.probability(wider, drawn.distribution()) < LEAST_PROBABILITY, "spread");
    }
    double[] moved = Arrays.stream(values).map(v -> v + spread / 20).toArray();
    assertTrue(
        KolmogorovSmirnov.probability(moved, drawn.distribution()) < LEAST_PROBABILITY, "mean");
  }

  /** Tables have 0.05 for a distance of 1.358 / sqrt(n), and 0.01 for 1.628 / sqrt(n). */
  @ParameterizedTest
  @CsvSource({"1.358, 0.05", "1.628, 0.01"})
  void probabilitiesAreThoseOfTables(double scaled, double probability) {
    int n = 10_000;
    double[] even = new double[n];
    Arrays.setAll(even, i -> (i + 0.5) / n);
    double shift = scaled / Math.sqrt(n) - 0.5 / n;
    assertEquals(
        probability, KolmogorovSmirnov.probability(even, x -> Math.min(1, x + shift)), 2e-4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RandomUniform",
        "RandomNormal",
        "TruncatedNormal",
        "GlorotUniform",
        "GlorotNormal",
        "HeUniform",
        "HeNormal",
        "LecunUniform",
        "LecunNormal",
        "VarianceScaling",
        "Orthogonal"
      })
  void aSeedOfItsOwnDecidesAlone(String name) {
    double[] one = draw(name, Map.of("seed", 3), 1);
    assertArrayEquals(one, draw(name, Map.of("seed", 3), 2));
    assertFalse(Arrays.equals(one, draw(name, Map.of("seed", 4), 1)));
    assertFalse(Arrays.equals(draw(name, Map.of(), 1), draw(name, Map.of(), 2)));
    assertArrayEquals(draw(name, Map.of(), 1), draw(name, Map.of(), 1));
  }

  private static double[] draw(String name, Map<String, ?> keys, long modelSeed) {
    return initializer(name, keys).initialize(Shape.of(3, 4), RandomStream.of(modelSeed));
  }

  /** The names that {@code keras.initializers.get} knows besides the classes' own. */
  @ParameterizedTest
  @CsvSource({
    "normal, RandomNormal",
    "uniform, RandomUniform",
    "random_normal, RandomNormal",
    "random_uniform, RandomUniform",
    "truncated_normal, TruncatedNormal",
    "variance_scaling, VarianceScaling",
    "glorot_uniform, GlorotUniform",
    "glorot_normal, GlorotNormal",
    "he_uniform, HeUniform",
    "he_normal, HeNormal",
    "lecun_uniform, LecunUniform",
    "lecun_normal, LecunNormal",
    "orthogonal, Orthogonal",
    "OrthogonalInitializer, Orthogonal",
    "identity, Identity",
    "IdentityInitializer, Identity",
    "zero, Zeros",
    "zeros, Zeros",
    "one, Ones",
    "ones, Ones",
    "constant, Constant",
    "stft, STFT",
    "STFTInitializer, STFT"
  })
  void goByKerasNames(String name, String id) {
    assertEquals(
        List.of(id),
        REGISTRY.named(name).stream()
            .filter(c -> c.kind() == Initializer.class)
            .map(c -> c.id())
            .toList());
  }

  @Test
  void refusesBoundsInTheWrongOrder() {
    assertEquals(
        "RandomUniform.maxval: found minval 1.0 and maxval -1.0, expected minval < maxval",
        assertThrows(
                ModelFileException.class,
                () -> initializer("RandomUniform", Map.of("minval", 1, "maxval", -1)))
            .getMessage());
  }
}
