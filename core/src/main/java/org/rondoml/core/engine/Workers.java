package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.rondoml.api.UsageException;

/**
 * The threads that compute. Tasks are numbered; which thread runs which task is left to chance, so
 * a task's result may depend on its number alone.
 */
public final class Workers implements AutoCloseable {
  private final int threads;
  private final ExecutorService helpers;

  /**
   * Starts threads.
   *
   * @param threads how many work at once, the calling thread included
   * @throws UsageException where that is less than 1
   */
  public Workers(int threads) {
    if (threads < 1) {
      throw new UsageException("found " + threads + " threads, expected at least 1");
    }
    this.threads = threads;
    AtomicInteger number = new AtomicInteger();
    this.helpers =
        Executors.newFixedThreadPool(
            Math.max(1, threads - 1),
            task -> {
              Thread thread = new Thread(task, "rondo-worker-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** How many work at once. */
  public int threads() {
    return threads;
  }

  /** Runs tasks 0 to count-1 and returns when all are done; the first failure is thrown on. */
  public void run(int count, IntConsumer task) {
    AtomicInteger next = new AtomicInteger();
    Runnable loop =
        () -> {
          for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            task.accept(i);
          }
        };
    List<Future<?>> others = new ArrayList<>();
    for (int i = 1; i < Math.min(threads, count); i++) {
      others.add(helpers.submit(loop));
    }
    RuntimeException failure = null;
    try {
      loop.run();
    } catch (RuntimeException e) {
      failure = e;
      next.set(count);
    }
    for (Future<?> other : others) {
      failure = await(other, failure);
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static @org.jspecify.annotations.Nullable RuntimeException await(
      Future<?> task, @org.jspecify.annotations.Nullable RuntimeException failure) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get();
          return failure;
        } catch (InterruptedException e) {
          // The step is finished first: half a step would leave the weights in no defined state.
          interrupted = true;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof Error error) {
            throw error;
          }
          if (failure != null) {
            return failure;
          }
          return e.getCause() instanceof RuntimeException cause
              ? cause
              : new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    helpers.shutdownNow();
  }
}
