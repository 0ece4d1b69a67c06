package org.rondoml.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.rondoml.api.UsageException;

class WorkersTest {
  @Test
  void everyTaskRunsOnce() {
    for (int threads = 1; threads <= 4; threads++) {
      try (Workers workers = new Workers(threads)) {
        AtomicIntegerArray runs = new AtomicIntegerArray(100);
        workers.run(100, runs::incrementAndGet);
        for (int i = 0; i < 100; i++) {
          assertEquals(1, runs.get(i));
        }
      }
    }
  }

  @Test
  void aTasksFailureReachesTheCaller() {
    try (Workers workers = new Workers(2)) {
      IllegalStateException failure =
          assertThrows(
              IllegalStateException.class,
              () ->
                  workers.run(
                      10,
                      i -> {
                        if (i == 5) {
                          throw new IllegalStateException("task five");
                        }
                      }));
      assertEquals("task five", failure.getMessage());
      workers.run(3, i -> {});
    }
  }

  @Test
  void noThreadsAreRefused() {
    assertEquals(
        "found 0 threads, expected at least 1",
        assertThrows(UsageException.class, () -> new Workers(0)).getMessage());
  }
}
