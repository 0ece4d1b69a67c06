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
 * Computes the gradients of all parameters and lets the optimizer update them, in one sweep, many
 * {@linkplain GradientBlock blocks} at once: a block is updated while its gradient is still in the
 * cache, piece by piece. Every element is computed in the same way whatever the number of threads.
 */
final class Updater {
  /** Weights, gradient and slots of a piece together stay in a core's first cache. */
  private static final int PIECE = 1024;

  private final ParameterBlock parameters;
  private final Workers workers;
  private final Optimizer optimizer;
  private final Memory gradients;
  private final List<Memory> slots = new ArrayList<>();
  private final List<Task> tasks = new ArrayList<>();

  Updater(Network network, Workers workers, Optimizer optimizer) {
    this.parameters = network.parameters();
    this.workers = workers;
    this.optimizer = optimizer;
    long length = Math.max(1, parameters.trainableLength());
    for (int i = 0; i < optimizer.slots().size(); i++) {
      slots.add(Memory.of(Nd4j.create(parameters.precision().dataType(), length)));
    }
    gradients = Memory.of(Nd4j.create(parameters.precision().dataType(), length));
    for (GradientBlock block : GradientBlock.of(parameters, network.kernels(), gradients)) {
      tasks.add(new Task(block));
    }
  }

  /** One step of the optimizer. */
  void update(long iteration, double learningRate, List<ShardGradients> shards, StepTimes times) {
    Optimizer.Rule rule = optimizer.step(iteration, learningRate);
    workers.run(
        tasks.size(),
        i -> {
          times.measure(Part.LAYERS, () -> tasks.get(i).block.compute(shards));
          times.measure(Part.OPTIMIZER, () -> tasks.get(i).update(rule));
        });
  }

  /** The optimizer's memory, by slot. */
  List<INDArray> slots() {
    return slots.stream().map(Memory::array).toList();
  }

  /** A block and the vectors to update it with. */
  private final class Task {
    private final GradientBlock block;
    private final Pieces whole;
    private final Pieces rest;

    private Task(GradientBlock block) {
      this.block = block;
      long end = block.start() + block.length();
      long wholeEnd = end - block.length() % PIECE;
      whole = new Pieces(block.start(), wholeEnd, PIECE);
      rest = new Pieces(wholeEnd, end, (int) (end - wholeEnd));
    }

    private void update(Optimizer.Rule rule) {
      whole.update(rule);
      rest.update(rule);
    }
  }

  /** Consecutive pieces of one length. */
  private final class Pieces {
    private final long start;
    private final long end;
    private final Vec w;
    private final Vec g;
    private final List<Vec> s = new ArrayList<>();

    private Pieces(long start, long end, int piece) {
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
