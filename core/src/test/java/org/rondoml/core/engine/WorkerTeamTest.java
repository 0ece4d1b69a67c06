package org.rondoml.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.rondoml.core.spi.Team;

class WorkerTeamTest {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  @Test
  void nobodyGoesOnBeforeAllHaveCome() {
    try (Workers workers = new Workers(PROCESSORS)) {
      Team team = WorkerTeam.of(workers);
      assertEquals(PROCESSORS, team.size());
      AtomicInteger came = new AtomicInteger();
      AtomicIntegerArray seen = new AtomicIntegerArray(100);
      team.run(
          part -> {
            for (int round = 0; round < 100; round++) {
              came.incrementAndGet();
              team.await();
              seen.accumulateAndGet(round, came.get(), Math::max);
              team.await();
            }
          });
      for (int round = 0; round < 100; round++) {
        assertEquals(PROCESSORS * (round + 1), seen.get(round), "round " + round);
      }
    }
  }

  @Test
  void aFailureReachesTheCallerAndLetsNobodyWaitForever() {
    try (Workers workers = new Workers(PROCESSORS)) {
      Team team = WorkerTeam.of(workers);
      for (int again = 0; again < 3; again++) {
        RuntimeException failure =
            assertThrows(
                IllegalArgumentException.class,
                () ->
                    team.run(
                        part -> {
                          if (part == 0) {
                            throw new IllegalArgumentException("part zero");
                          }
                          try {
                            team.await();
                          } catch (IllegalStateException e) {
                            return; // told that another has failed
                          }
                        }));
        assertEquals("part zero", failure.getMessage());
      }
      AtomicInteger runs = new AtomicInteger();
      team.run(part -> runs.incrementAndGet());
      assertEquals(PROCESSORS, runs.get());
    }
  }

  @Test
  void threadsThatWouldShareAProcessorAreNoTeam() {
    try (Workers workers = new Workers(PROCESSORS + 1)) {
      assertEquals(1, WorkerTeam.of(workers).size());
    }
  }
}
