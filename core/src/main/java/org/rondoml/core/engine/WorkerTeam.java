package org.rondoml.core.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.rondoml.core.spi.Team;

/**
 * All workers as a team. They wait for each other awake: what they wait for takes microseconds. So
 * there must be a processor for each.
 */
final class WorkerTeam implements Team {
  private static final int TURNS_AWAKE = 20_000;

  private final Workers workers;
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile int round;
  private volatile boolean failed;

  private WorkerTeam(Workers workers) {
    this.workers = workers;
  }

  /** The team of all workers, or of one where several would have to share a processor. */
  static Team of(Workers workers) {
    return workers.threads() > 1 && workers.threads() <= Runtime.getRuntime().availableProcessors()
        ? new WorkerTeam(workers)
        : SOLO;
  }

  @Override
  public int size() {
    return workers.threads();
  }

  @Override
  public void run(IntConsumer part) {
    waiting.set(0);
    failed = false;
    // As many tasks as threads, and none ends before all have begun if it waits: one for each.
    workers.run(
        size(),
        i -> {
          try {
            part.accept(i);
          } catch (RuntimeException | Error e) {
            failed = true;
            throw e;
          }
        });
  }

  @Override
  @SuppressWarnings(
      "ThreadPriorityCheck") // where another process has the processor of one that is late
  public void await() {
    int now = round;
    if (waiting.incrementAndGet() == size()) {
      waiting.set(0);
      round = now + 1;
      return;
    }
    for (int turn = 0; round == now; turn++) {
      if (failed) {
        throw new IllegalStateException("another thread of the team has failed");
      }
      if (turn < TURNS_AWAKE) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }
}
