package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Optimizer;

/**
 * Adds up the shards' gradients and lets the optimizer update all parameters, in one sweep over the
 * block: piece by piece, pieces small enough to stay in the cache, several stretches at once. Every
 * element is computed in the same way whatever the number of threads.
 */
final class Updater {
  /** Weights, gradient and slots of a piece together stay in a core's first cache. */
  private static final int PIECE = 1024;

  private static final int PIECES_A_STRETCH = 64;

  private final ParameterBlock parameters;
  private final Workers workers;
  private final Optimizer optimizer;
  private final List<Memory> slots = new ArrayList<>();
  private final List<Stretch> stretches = new ArrayList<>();

  Updater(ParameterBlock parameters, Workers workers, Optimizer optimizer) {
    this.parameters = parameters;
    this.workers = workers;
    this.optimizer = optimizer;
    long length = parameters.trainableLength();
    for (int i = 0; i < optimizer.slots().size(); i++) {
      slots.add(Memory.of(Nd4j.create(parameters.precision().dataType(), Math.max(1, length))));
    }
    long whole = length / PIECE * PIECE;
    long stretch = (long) PIECE * PIECES_A_STRETCH;
    for (long start = 0; start < whole; start += stretch) {
      stretches.add(new Stretch(start, Math.min(whole, start + stretch), PIECE));
    }
    if (length > whole) {
      stretches.add(new Stretch(whole, length, (int) (length - whole)));
    }
  }

  /** One step of the optimizer. */
  void update(long iteration, double learningRate, List<Gradients> shards, StepTimes times) {
    Optimizer.Rule rule = optimizer.step(iteration, learningRate);
    workers.run(
        stretches.size(),
        i -> times.measure(StepTimes.Part.OPTIMIZER, () -> stretches.get(i).update(rule, shards)));
  }

  /** The optimizer's memory, by slot. */
  List<INDArray> slots() {
    return slots.stream().map(Memory::array).toList();
  }

  /** Consecutive pieces that one thread updates, with vectors of its own. */
  private final class Stretch {
    private final long start;
    private final long end;
    private final Vec w;
    private final Vec g;
    private final Vec first;
    private final Vec more;
    private final List<Vec> s = new ArrayList<>();

    private Stretch(long start, long end, int piece) {
      this.start = start;
      this.end = end;
      w = Vec.window(parameters.precision(), piece);
      g = Vec.zeros(parameters.precision(), piece);
      first = Vec.window(parameters.precision(), piece);
      more = Vec.window(parameters.precision(), piece);
      slots.forEach(slot -> s.add(Vec.window(parameters.precision(), piece)));
    }

    private void update(Optimizer.Rule rule, List<Gradients> shards) {
      for (long from = start; from < end; from += w.length()) {
        sumGradients(shards, from);
        w.updates(parameters.memory(), from);
        for (int i = 0; i < s.size(); i++) {
          s.get(i).updates(slots.get(i), from);
        }
        rule.update(w, g, s);
        w.done();
        s.forEach(Vec::done);
      }
    }

    private void sumGradients(List<Gradients> shards, long from) {
      first.reads(shards.get(0).memory(), from);
      if (shards.size() == 1) {
        g.copy(first);
        return;
      }
      g.add(first, more.reads(shards.get(1).memory(), from));
      for (int i = 2; i < shards.size(); i++) {
        g.add(g, more.reads(shards.get(i).memory(), from));
      }
    }
  }
}
