package org.rondoml.core.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
  @Test
  void isSplitMix64AsTheJdkHasIt() {
    long key = new SplittableRandom(42).nextLong();
    SplittableRandom reference = new SplittableRandom(key);
    RandomStream stream = RandomStream.of(42);
    for (int i = 0; i < 1000; i++) {
      assertEquals(reference.nextLong(), stream.nextLong());
    }
  }

  @Test
  void numbersDependOnTheirPlaceAlone() {
    RandomStream drawn = RandomStream.of(7);
    long third = 0;
    for (int i = 0; i < 3; i++) {
      third = drawn.nextLong();
    }
    assertEquals(third, RandomStream.of(7).at(2));
  }

  @Test
  void derivedStreamsDependOnTheKeyAndNotOnWhatWasDrawn() {
    RandomStream drawn = RandomStream.of(7);
    drawn.nextLong();
    assertEquals(
        RandomStream.of(7).derive("layer").derive(3).nextLong(),
        drawn.derive("layer").derive(3).nextLong());
    assertNotEquals(
        RandomStream.of(7).derive(1).nextLong(), RandomStream.of(7).derive(2).nextLong());
    assertNotEquals(
        RandomStream.of(7).derive(1).nextLong(), RandomStream.of(8).derive(1).nextLong());
    assertNotEquals(
        RandomStream.of(7).derive(1).derive(2).nextLong(),
        RandomStream.of(7).derive(2).derive(1).nextLong());
  }

  @Test
  void uniformNumbersFillTheirIntervalEvenly() {
    RandomStream stream = RandomStream.of(1);
    int n = 100_000;
    int[] bins = new int[10];
    for (int i = 0; i < n; i++) {
      bins[(int) (stream.nextDouble() * 10)]++;
    }
    double chiSquare = 0;
    for (int bin : bins) {
      chiSquare += Math.pow(bin - n / 10.0, 2) / (n / 10.0);
    }
    // 9 degrees of freedom: 27.9 is exceeded once in a thousand streams.
    assertTrue(chiSquare < 27.9, "chi-square " + chiSquare);
  }

  @Test
  void normalNumbersHaveMeanZeroAndVarianceOne() {
    RandomStream stream = RandomStream.of(2);
    int n = 100_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double x = stream.nextGaussian();
      sum += x;
      squares += x * x;
    }
    assertEquals(0, sum / n, 4 / Math.sqrt(n));
    assertEquals(1, squares / n, 4 * Math.sqrt(2.0 / n));
  }

  @Test
  void boundedNumbersReachEveryValueBelowTheBound() {
    RandomStream stream = RandomStream.of(3);
    int[] seen = new int[7];
    for (int i = 0; i < 7000; i++) {
      seen[(int) stream.nextBelow(7)]++;
    }
    for (int count : seen) {
      assertEquals(1000, count, 150);
    }
  }
}
