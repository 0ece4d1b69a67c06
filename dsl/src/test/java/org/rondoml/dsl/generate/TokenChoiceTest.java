package org.rondoml.dsl.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondoml.api.DataException;
import org.rondoml.core.random.RandomStream;

class TokenChoiceTest {
  /** The first two stand for no text; a model may think of them what it likes. */
  private static final double[] PROBABILITIES = {0.3, 0.2, 0.02, 0.25, 0, 0.08, 0.15};

  private static final int RESERVED = 2;
  private static final int DRAWS = 20_000;

  /** With four degrees of freedom, chance is above this in one case of a thousand. */
  private static final double MOST = 18.47;

  private static TokenChoice choice(double temperature, long seed) {
    return new TokenChoice(temperature, RandomStream.of(seed), RESERVED, PROBABILITIES.length);
  }

  private static double[] logarithms() {
    return Arrays.stream(PROBABILITIES).map(Math::log).toArray();
  }

  private static int[] counts(TokenChoice choice) {
    int[] counts = new int[PROBABILITIES.length];
    for (int i = 0; i < DRAWS; i++) {
      counts[choice.of(logarithms())]++;
    }
    return counts;
  }

  /** Whether draws have the probabilities p^(1/T) / sum p^(1/T), by Pearson's test. */
  private static double chiSquare(int[] counts, double temperature) {
    double sum = 0;
    for (int i = RESERVED; i < PROBABILITIES.length; i++) {
      sum += Math.pow(PROBABILITIES[i], 1 / temperature);
    }
    double chiSquare = 0;
    for (int i = RESERVED; i < PROBABILITIES.length; i++) {
      double expected = DRAWS * Math.pow(PROBABILITIES[i], 1 / temperature) / sum;
      if (expected > 0) {
        chiSquare += Math.pow(counts[i] - expected, 2) / expected;
      }
    }
    return chiSquare;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 2})
  void drawsByTheTemperature(double temperature) {
    int[] counts = counts(choice(temperature, 7));

    assertTrue(chiSquare(counts, temperature) < MOST, Arrays.toString(counts));
    assertTrue(chiSquare(counts, temperature * 1.2) > MOST, "a test that can't fail");
    assertEquals(0, counts[0] + counts[1], "what stands for no text");
    assertEquals(0, counts[4], "what has no probability");
  }

  @Test
  void takesTheLikeliestWithoutTemperature() {
    int[] counts = counts(choice(0, 7));
    assertEquals(DRAWS, counts[3]);
  }

  @Test
  void theSameSeedDrawsTheSame() {
    TokenChoice one = choice(1, 3);
    TokenChoice two = choice(1, 3);
    for (int i = 0; i < 100; i++) {
      assertEquals(one.of(logarithms()), two.of(logarithms()));
    }
  }

  @Test
  void logarithmsMayBeFarBelowZero() {
    double[] small = {0, 0, -5000, -5001};
    int[] counts = new int[4];
    TokenChoice choice = new TokenChoice(1, RandomStream.of(1), 2, 4);
    for (int i = 0; i < DRAWS; i++) {
      counts[choice.of(small)]++;
    }
    assertEquals(1 / (1 + Math.exp(-1)), counts[2] / (double) DRAWS, 0.01);
  }

  @Test
  void nothingToTake() {
    double none = Double.NEGATIVE_INFINITY;
    TokenChoice choice = new TokenChoice(1, RandomStream.of(1), 2, 4);
    DataException refusal =
        assertThrows(DataException.class, () -> choice.of(new double[] {0, none, none, none}));
    assertEquals(
        "the model gives no token that stands for text a probability", refusal.getMessage());
  }
}
