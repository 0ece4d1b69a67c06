package org.rondoml.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Semantics;

class ValidationPlanTest {
  private static List<Integer> epochs(ValidationPlan plan) {
    return IntStream.range(0, 8).filter(plan::follows).boxed().toList();
  }

  @Test
  void followsEverySoManyEpochsOrThoseListed() {
    assertEquals(List.of(2, 5), epochs(ValidationPlan.every(3, 32)));
    ValidationPlan listed = new ValidationPlan(0, List.of(1, 4), 32, null);
    assertEquals(List.of(0, 3), epochs(listed));
    assertEquals(1, listed.countBetween(1, 8));
  }

  /**
   * {@code fit(..., validation_steps=9)} with 3 batches logs a value after the first epoch only.
   */
  @Test
  void askingForMoreThanThereIsFindsNothingAgainBeforeKeras3() {
    ValidationPlan nine = new ValidationPlan(1, List.of(), 3, 9);
    assertTrue(nine.findsSamples(7, 0, Semantics.TF2));
    assertFalse(nine.findsSamples(7, 1, Semantics.TF2));
    assertTrue(nine.findsSamples(7, 1, Semantics.KERAS3));
    assertTrue(new ValidationPlan(1, List.of(), 3, 3).findsSamples(7, 1, Semantics.TF2));
  }
}
