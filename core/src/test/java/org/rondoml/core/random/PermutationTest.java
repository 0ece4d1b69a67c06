package org.rondoml.core.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PermutationTest {
  @Test
  void everySampleComesOnce() {
    int[] order = Permutation.of(1000, RandomStream.of(1));
    int[] sorted = order.clone();
    Arrays.sort(sorted);
    assertArrayEquals(Permutation.identity(1000), sorted);
    assertEquals(false, Arrays.equals(order, sorted));
  }

  @Test
  void everyOrderIsEquallyLikely() {
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 6000; i++) {
      counts.merge(
          Arrays.toString(Permutation.of(3, RandomStream.of(9).derive(i))), 1, Integer::sum);
    }
    assertEquals(6, counts.size());
    counts.values().forEach(count -> assertEquals(1000, count, 150));
  }
}
