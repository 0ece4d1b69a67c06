package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.engine.StepTimes.Part;
import org.rondoml.core.spi.Optimizer;

/**
 * Computes the gradients of all parameters, many {@linkplain GradientBlock blocks} at once, and
 * lets the optimizer update the parameters, in one sweep over them: piece by piece, several
 * stretches at once. Every element is computed in the same way whatever the number of threads.
 */
final class Updater {
  /** Weights, gradient and slots of a piece together stay in a core's first cache. */
  private static final int PIECE = 1024;

  private static final int PIECES_A_STRETCH = 64;

  private final ParameterBlock parameters;
  private final Workers workers;
  private final Optimizer optimizer;
  private final Memory gradients;
  private final List<GradientBlock> blocks;
  private final List<Memory> slots = new ArrayList<>();
  private final List<Stretch> stretches = new ArrayList<>();

  Updater(Network network, Workers workers, Optimizer optimizer) {
    this.parameters = network.parameters();
    this.workers = workers;
    this.optimizer = optimizer;
    long length = parameters.trainableLength();
    for (int i = 0; i < optimizer.slots().size(); i++) {
      slots.add(Memory.of(Nd4j.create(parameters.precision().dataType(), Math.max(1, length))));
    }
    gradients = Memory.of(Nd4j.create(parameters.precision().dataType(), Math.max(1, length)));
    blocks = GradientBlock.of(parameters, gradients);
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
  void update(long iteration, double learningRate, List<ShardGradients> shards, StepTimes times) {
    workers.run(
        blocks.size(), i -> times.measure(Part.LAYERS, () -> blocks.get(i).compute(shards)));
    Optimizer.Rule rule = optimizer.step(iteration, learningRate);
    workers.run(
        stretches.size(), i -> times.measure(Part.OPTIMIZER, () -> stretches.get(i).update(rule)));
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
    private final List<Vec> s = new ArrayList<>();

    private Stretch(long start, long end, int piece) {
      this.start = start;
      this.end = end;
      w = Vec.window(parameters.precision(), piece);
      g = Vec.window(parameters.precision(), piece);
      slots.forEach(slot -> s.add(Vec.window(parameters.precision(), piece)));
    }

    private void update(Optimizer.Rule rule) {
      for (long from = start; from < end; from += w.length()) {
        w.updates(parameters.memory(), from);
        g.reads(gradients, from); // the rule may use it as scratch, memory or not
        for (int i = 0; i < s.size(); i++) {
          s.get(i).updates(slots.get(i), from);
        }
        rule.update(w, g, s);
        w.done();
        s.forEach(Vec::done);
      }
    }
  }
}
