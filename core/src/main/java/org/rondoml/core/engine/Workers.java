package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.UsageException;

/**
 * The threads that compute. Tasks are numbered; which thread runs which task is left to chance, so
 * a task's result may depend on its number alone.
 *
 * <p>A step of training is a few jobs of some milliseconds with next to nothing between them, and
 * waking a thread takes a good part of a tenth of one. So a thread with nothing to do looks for the
 * next job a while before it goes to sleep, unless there are more threads than processors.
 */
public final class Workers implements AutoCloseable {
  private static final long NANOS_AWAKE = 2_000_000;

  private final int threads;
  private final long nanosAwake;
  private final List<Helper> helpers = new ArrayList<>();
  private volatile @Nullable Job job;
  private volatile boolean closed;

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
    nanosAwake = threads <= Runtime.getRuntime().availableProcessors() ? NANOS_AWAKE : 0;
    for (int i = 1; i < threads; i++) {
      Helper helper = new Helper("rondo-worker-" + i);
      helpers.add(helper);
      helper.start();
    }
  }

  /** How many work at once. */
  public int threads() {
    return threads;
  }

  /**
   * Runs tasks 0 to count-1 and returns when all are done; the first failure is thrown on. Called
   * by one thread at a time, and not by a task.
   */
  public void run(int count, IntConsumer task) {
    Job next = new Job(count, task, Thread.currentThread());
    if (count > 1 && threads > 1) {
      job = next;
      helpers.forEach(Helper::wake);
    }
    next.work();
    next.await(nanosAwake);
    job = null;
    Throwable failure = next.failure.get();
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }

  @Override
  public void close() {
    closed = true;
    helpers.forEach(LockSupport::unpark);
  }

  /** Tasks to be done, and how far that is. */
  private static final class Job {
    private final int count;
    private final IntConsumer task;
    private final Thread caller;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger remaining;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private Job(int count, IntConsumer task, Thread caller) {
      this.count = count;
      this.task = task;
      this.caller = caller;
      remaining = new AtomicInteger(count);
    }

    /** Takes tasks until none is left. After a failure the rest is passed over. */
    private void work() {
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        try {
          if (failure.get() == null) {
            task.accept(i);
          }
        } catch (RuntimeException | Error e) {
          failure.compareAndSet(null, e);
        } finally {
          if (remaining.decrementAndGet() == 0 && Thread.currentThread() != caller) {
            LockSupport.unpark(caller);
          }
        }
      }
    }

    /**
     * Waits for the tasks that others took. The step is finished even when the caller is
     * interrupted: half a step would leave the weights in no defined state.
     */
    private void await(long nanosAwake) {
      boolean interrupted = false;
      long since = System.nanoTime();
      while (remaining.get() > 0) {
        if (System.nanoTime() - since < nanosAwake) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
          interrupted |= Thread.interrupted();
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private final class Helper extends Thread {
    private volatile boolean asleep;

    private Helper(String name) {
      super(name);
      setDaemon(true);
    }

    private void wake() {
      if (asleep) {
        LockSupport.unpark(this);
      }
    }

    @Override
    public void run() {
      Job last = null;
      while (!closed) {
        Job next = await(last);
        if (next != null) {
          next.work();
          last = next;
        }
      }
    }

    /** The next job after the last one, or null when woken for nothing. */
    private @Nullable Job await(@Nullable Job last) {
      long since = System.nanoTime();
      while (System.nanoTime() - since < nanosAwake) {
        Job next = job;
        if (next != null && next != last) {
          return next;
        }
        Thread.onSpinWait();
      }
      asleep = true;
      Job next = job;
      while ((next == null || next == last) && !closed) {
        LockSupport.park(Workers.this);
        next = job;
      }
      asleep = false;
      return next;
    }
  }
}
