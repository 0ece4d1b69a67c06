package org.rondoml.standard.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.rondoml.api.Semantics;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Schedule;

/** Learning rates by Keras: to the last bit, since they end in the weights of every step. */
final class Rates {
  private Rates() {}

  /**
   * Checks rates.
   *
   * @param expected step and rate, step and rate, ...
   */
  static void check(String id, Map<String, ?> config, double... expected) {
    for (Semantics semantics : Semantics.values()) {
      Schedule schedule =
          Registry.load(Rates.class.getClassLoader()).create(Schedule.class, id, config, semantics);
      for (int i = 0; i < expected.length; i += 2) {
        assertEquals(expected[i + 1], schedule.at((long) expected[i]), "step " + expected[i]);
      }
    }
  }
}
