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
  private final int parameters;

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
    int parameter = 0;
    for (ParameterBlock.Entry entry : block.entries()) {
      if (entry.trainable()) {
        long end = entry.offset() + entry.memory().length();
        for (Stretch stretch : Stretch.cut(entry.offset(), end, updated, List.of())) {
          portions.add(new Portion(parameter, stretch));
        }
        parameter++;
      }
    }
    parameters = parameter;
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

  void clip(StepTimes times) {
    Double value = limits.clipvalue();
    if (value != null) {
      sweep.run(times, (g, none, read) -> g.clip(g, -value, value));
    }
    Double norm = limits.clipnorm();
    if (norm != null) {
      double[] squares = squares(times);
      double[] factors = new double[parameters];
      for (int p = 0; p < parameters; p++) {
        factors[p] = factor(norm, squares[p]);
      }
      scale(factors, times);
    }
    Double globalNorm = limits.globalClipnorm();
    if (globalNorm != null) {
      double[] factors = new double[parameters];
      Arrays.fill(factors, factor(globalNorm, Arrays.stream(squares(times)).sum()));
      scale(factors, times);
    }
  }

  /** limit / max(norm, limit); not a number where the norm isn't. */
  private static double factor(double limit, double square) {
    return limit / Math.max(Math.sqrt(square), limit);
  }

  /** The sum of squares of each parameter's gradient. */
  private double[] squares(StepTimes times) {
    double[] ofPortions = new double[portions.size()];
    workers.run(
        portions.size(),
        i ->
            times.measure(
                Part.OPTIMIZER,
                () -> portions.get(i).stretch().run((g, none, read) -> ofPortions[i] += g.dot(g))));
    double[] squares = new double[parameters];
    for (int i = 0; i < ofPortions.length; i++) {
      squares[portions.get(i).parameter()] += ofPortions[i];
    }
    return squares;
  }

  private void scale(double[] factors, StepTimes times) {
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
  }
}
