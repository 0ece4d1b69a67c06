package org.rondoml.core.engine;

import java.util.List;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.engine.StepTimes.Part;

/** Goes over memories of the same length element by element, several stretches at once. */
final class Sweep {
  private final Workers workers;
  private final List<Stretch> stretches;

  /**
   * A sweep.
   *
   * @param length the number of elements, from the first on
   * @param updated memories that change; at least one
   * @param read memories that are read
   */
  Sweep(Workers workers, long length, List<Memory> updated, List<Memory> read) {
    this.workers = workers;
    this.stretches = Stretch.cut(0, length, List.copyOf(updated), List.copyOf(read));
  }

  void run(StepTimes times, Stretch.Action action) {
    workers.run(
        stretches.size(), i -> times.measure(Part.OPTIMIZER, () -> stretches.get(i).run(action)));
  }
}
