package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.engine.StepTimes.Part;
import org.rondoml.core.spi.ElementWiseOptimizer;
import org.rondoml.core.spi.OptimizerArguments;
import org.rondoml.core.spi.ParameterWiseOptimizer;

/**
 * Computes the gradients of all parameters, many {@linkplain GradientBlock blocks} at once, and
 * updates the parameters. In Keras' order, and each only where it is asked for: the gradients of
 * penalties, the mean over several batches, clipping; weight decay with the optimizer's rule; the
 * weights' moving average; constraints. Every element is computed in the same way whatever the
 * number of threads.
 */
final class Updater {
  private final Optimization optimization;
  private final Workers workers;
  private final WeightPenalties penalties;
  private final Memory gradients;
  private final List<GradientBlock> blocks;
  private final @Nullable GradientAccumulator accumulator;
  private final @Nullable GradientClipping clipping;
  private final Updates updates;
  private final @Nullable WeightAverage average;
  private final WeightConstraints constraints;
  private final ParameterBlock parameters;
  private @Nullable List<TableGradient> tables;

  Updater(Network network, Workers workers, Optimization optimization, WeightPenalties penalties) {
    this.optimization = optimization;
    this.workers = workers;
    this.penalties = penalties;
    this.parameters = network.parameters();
    OptimizerArguments arguments = optimization.arguments();
    long length = parameters.trainableLength();
    gradients = Memory.of(Nd4j.create(parameters.precision().dataType(), Math.max(1, length)));
    blocks = GradientBlock.of(network.kernels(), parameters, gradients);
    int steps = optimization.accumulationSteps();
    accumulator = steps > 1 ? new GradientAccumulator(steps, gradients, length, workers) : null;
    clipping = GradientClipping.of(arguments, parameters, gradients, workers);
    if (optimization.optimizer() instanceof ElementWiseOptimizer elementWise) {
      updates = new ElementWiseUpdates(elementWise, parameters, gradients, workers);
    } else {
      ParameterWiseOptimizer parameterWise = (ParameterWiseOptimizer) optimization.optimizer();
      updates = new ParameterWiseUpdates(parameterWise, parameters, gradients, workers);
    }
    average = WeightAverage.of(optimization, parameters, workers);
    constraints = new WeightConstraints(parameters, workers);
  }

  /**
   * One step.
   *
   * @param iteration steps done before this one
   * @param learningRate that of the schedule, unless a callback has set another
   */
  void update(long iteration, double learningRate, List<ShardGradients> shards, StepTimes times) {
    workers.run(
        blocks.size(), i -> times.measure(Part.LAYERS, () -> blocks.get(i).compute(shards)));
    penalties.addGradients(gradients, times);
    if (average != null && iteration == 0) {
      average.begin();
    }
    long updatesDone = iteration / optimization.accumulationSteps();
    if (accumulator == null || accumulator.isComplete(iteration, times)) {
      List<TableGradient> ofTables = tables(shards);
      workers.run(
          ofTables.size(),
          i -> times.measure(Part.OPTIMIZER, () -> ofTables.get(i).gather(shards)));
      if (clipping != null) {
        clipping.clip(ofTables, times);
      }
      double rate = optimization.learningRate(learningRate, iteration);
      updates.apply(updatesDone, rate, rate * optimization.weightDecay(), ofTables, times);
    }
    if (average != null) {
      average.add(updatesDone, times);
    }
    constraints.apply(times);
  }

  /**
   * The gradients of tables that are not added up at once. Where there is more to a gradient than
   * uses of rows, a penalty or the sum over several batches, it is as any other's. Found at the
   * first step; the same at every later one.
   */
  private List<TableGradient> tables(List<ShardGradients> shards) {
    List<TableGradient> known = tables;
    if (known == null) {
      // Keras 3 adds the uses up where it multiplies all gradients by one factor.
      boolean countsUses =
          optimization.semantics() == Semantics.KERAS3
              && optimization.arguments().globalClipnorm() == null;
      known =
          parameters.entries().stream()
              .filter(entry -> accumulator == null && isTable(entry, shards))
              .map(entry -> new TableGradient(entry, gradients, countsUses))
              .toList();
      tables = known;
    }
    return known;
  }

  private static boolean isTable(ParameterBlock.Entry entry, List<ShardGradients> shards) {
    return entry.updated()
        && entry.spec().regularizer() == null
        && shards.stream().anyMatch(shard -> !shard.uses(entry).isEmpty())
        && shards.stream().noneMatch(shard -> shard.isDense(entry));
  }

  /** Ends training: the weights become their moving average, where there is one. */
  void finish() {
    if (average != null) {
      average.overwriteWeights();
    }
  }

  /** What a checkpoint keeps: the optimizer's memory, the sum of gradients, the average. */
  List<INDArray> slots() {
    List<INDArray> all = new ArrayList<>(updates.slots());
    if (accumulator != null) {
      all.add(accumulator.array());
    }
    if (average != null) {
      all.add(average.array());
    }
    return all;
  }
}
