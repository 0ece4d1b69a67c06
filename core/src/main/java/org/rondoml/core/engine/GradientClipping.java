package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.engine.StepTimes.Part;
import org.rondoml.core.spi.OptimizerArguments;

/**
 * Limits gradients: the size of each element, then the norm of each parameter's or of all together.
 *
 * <p>A norm is a sum over stretches of a parameter, which are cut by its length alone and added up
 * in their order, so it doesn't depend on the number of threads.
 */
final class GradientClipping {
  private final OptimizerArguments limits;
  private final Workers workers;
  private final Sweep sweep;
  private final List<Portion> portions = new ArrayList<>();
  private final List<ParameterBlock.Entry> parameters;

  /**
   * A stretch of a parameter.
   *
   * @param parameter the number of the parameter
   */
  private record Portion(int parameter, Stretch stretch) {}

  private GradientClipping(
      OptimizerArguments limits, ParameterBlock block, Memory gradients, Workers workers) {
    this.limits = limits;
    this.workers = workers;
    List<Memory> updated = List.of(gradients);
    sweep = new Sweep(workers, block.trainableLength(), updated, List.of());
    parameters = block.entries().stream().filter(ParameterBlock.Entry::trainable).toList();
    for (int p = 0; p < parameters.size(); p++) {
      long start = parameters.get(p).offset();
      long end = start + parameters.get(p).memory().length();
      for (Stretch stretch : Stretch.cut(start, end, updated, List.of())) {
        portions.add(new Portion(p, stretch));
      }
    }
  }

  /** What limits gradients; null where the arguments ask for no limit. */
  static @Nullable GradientClipping of(
      OptimizerArguments limits, ParameterBlock block, Memory gradients, Workers workers) {
    return limits.clipvalue() == null
            && limits.clipnorm() == null
            && limits.globalClipnorm() == null
        ? null
        : new GradientClipping(limits, block, gradients, workers);
  }

  /**
   * Clips the gradients.
   *
   * @param tables those of them whose rows' uses are clipped and counted each by itself
   */
  void clip(List<TableGradient> tables, StepTimes times) {
    Double value = limits.clipvalue();
    if (value != null) {
      sweep.run(times, (g, none, read) -> g.clip(g, -value, value));
      tables.forEach(table -> table.clip(value));
    }
    Double norm = limits.clipnorm();
    if (norm != null) {
      double[] factors =
          Arrays.stream(squares(tables, times)).map(square -> factor(norm, square)).toArray();
      scale(factors, tables, times);
    }
    Double globalNorm = limits.globalClipnorm();
    if (globalNorm != null) {
      double[] factors = new double[parameters.size()];
      Arrays.fill(factors, factor(globalNorm, Arrays.stream(squares(tables, times)).sum()));
      scale(factors, tables, times);
    }
  }

  /** limit / max(norm, limit); not a number where the norm isn't. */
  private static double factor(double limit, double square) {
    return limit / Math.max(Math.sqrt(square), limit);
  }

  /** The sum of squares of each parameter's gradient. */
  private double[] squares(List<TableGradient> tables, StepTimes times) {
    double[] ofPortions = new double[portions.size()];
    workers.run(
        portions.size(),
        i ->
            times.measure(
                Part.OPTIMIZER,
                () -> portions.get(i).stretch().run((g, none, read) -> ofPortions[i] += g.dot(g))));
    double[] squares = new double[parameters.size()];
    for (int i = 0; i < ofPortions.length; i++) {
      squares[portions.get(i).parameter()] += ofPortions[i];
    }
    for (TableGradient table : tables) {
      squares[parameters.indexOf(table.parameter())] = table.sumOfSquares();
    }
    return squares;
  }

  private void scale(double[] factors, List<TableGradient> tables, StepTimes times) {
    workers.run(
        portions.size(),
        i -> {
          double factor = factors[portions.get(i).parameter()];
          if (factor != 1) {
            times.measure(
                Part.OPTIMIZER,
                () -> portions.get(i).stretch().run((g, none, read) -> g.scale(g, factor)));
          }
        });
    tables.forEach(table -> table.scale(factors[parameters.indexOf(table.parameter())]));
  }
}
