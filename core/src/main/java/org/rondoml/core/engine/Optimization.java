package org.rondoml.core.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.ElementWiseOptimizer;
import org.rondoml.core.spi.Optimizer;
import org.rondoml.core.spi.OptimizerArguments;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.ParameterWiseOptimizer;

/**
 * An optimizer, and what is done around its rule.
 *
 * @param optimizer the update rule
 * @param arguments what is done around it
 * @param semantics whose arithmetic
 */
public record Optimization(Optimizer optimizer, OptimizerArguments arguments, Semantics semantics) {
  /**
   * Checks the arguments.
   *
   * @throws ConfigException where they contradict each other
   */
  public Optimization {
    checkClipping(arguments, optimizer.isLegacy());
  }

  /** An optimizer with nothing done around its rule. */
  public static Optimization of(Optimizer optimizer) {
    return new Optimization(optimizer, OptimizerArguments.NONE, Semantics.KERAS3);
  }

  /** Optimizers of before Keras 2.11 first clip values and then a norm; later ones do one thing. */
  private static void checkClipping(OptimizerArguments arguments, boolean isLegacy) {
    Map<String, @Nullable Double> limits = new LinkedHashMap<>();
    if (!isLegacy) {
      limits.put("clipvalue", arguments.clipvalue());
    }
    limits.put("clipnorm", arguments.clipnorm());
    limits.put("global_clipnorm", arguments.globalClipnorm());
    List<String> given = limits.keySet().stream().filter(key -> limits.get(key) != null).toList();
    if (given.size() > 1) {
      throw new ConfigException(
          given.get(1),
          given.get(0)
              + " is set as well, and gradients are clipped in one of these ways only: keep one of "
              + String.join(", ", limits.keySet()));
    }
  }

  /**
   * The learning rate that the rule is handed.
   *
   * @param rate that of the schedule, unless a callback has set another
   * @param iteration steps done before this one
   */
  public double learningRate(double rate, long iteration) {
    if (!optimizer.isLegacy()) {
      return rate;
    }
    // Keys of single precision, but arithmetic of double.
    double legacyRate = (float) rate;
    double decay = optimizer.heedsDecay() ? (float) arguments.decay() : 0;
    return legacyRate / (1 + decay * iteration);
  }

  /** The share of each weight, times the learning rate, that an update takes away. */
  double weightDecay() {
    Double own = optimizer.weightDecay();
    Double share = own != null ? own : arguments.weightDecay();
    return share == null ? 0 : share.floatValue(); // Keras makes a float32 of it
  }

  /**
   * The number of elements that training a model keeps from step to step besides its parameters.
   */
  public long keptElements(Graph graph) {
    long trained = 0;
    long ofParameters = 0;
    for (Graph.Step step : graph.steps()) {
      for (ParameterSpec spec : step.parameters()) {
        if (step.isOwner() && step.node().trainable() && spec.trainable()) {
          trained += spec.shape().size();
          if (optimizer instanceof ParameterWiseOptimizer parameterWise) {
            ofParameters +=
                parameterWise.slots(spec.shape()).stream().mapToLong(s -> s.shape().size()).sum();
          }
        }
      }
    }
    int ofElements =
        (optimizer instanceof ElementWiseOptimizer elementWise ? elementWise.slots().size() : 0)
            + (accumulationSteps() > 1 ? 1 : 0)
            + (arguments.useEma() ? 1 : 0);
    return ofParameters + trained * ofElements;
  }

  /** How many batches an update takes. */
  int accumulationSteps() {
    Integer steps = arguments.gradientAccumulationSteps();
    return steps == null ? 1 : steps;
  }
}
