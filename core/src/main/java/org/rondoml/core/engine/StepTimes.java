package org.rondoml.core.engine;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The time that threads have spent on the parts of steps, all threads together. */
public final class StepTimes {
  /** What a step consists of. */
  public enum Part {
    /** Gathering the samples. */
    DATA,
    /** Forward and backward through all layers, and the loss. */
    LAYERS,
    /** Adding up the shards' gradients and updating the parameters. */
    OPTIMIZER,
    /** Putting the parameters in the order that products like best. */
    PACKING
  }

  private final Map<Part, LongAdder> nanos = new EnumMap<>(Part.class);

  /** All at zero. */
  public StepTimes() {
    for (Part part : Part.values()) {
      nanos.put(part, new LongAdder());
    }
  }

  /** The nanoseconds spent on a part so far. */
  public long nanos(Part part) {
    return counter(part).sum();
  }

  /** Runs a task and counts its time. */
  void measure(Part part, Runnable task) {
    long start = System.nanoTime();
    task.run();
    counter(part).add(System.nanoTime() - start);
  }

  private LongAdder counter(Part part) {
    LongAdder counter = nanos.get(part);
    if (counter == null) {
      throw new IllegalStateException("no counter of " + part);
    }
    return counter;
  }
}
