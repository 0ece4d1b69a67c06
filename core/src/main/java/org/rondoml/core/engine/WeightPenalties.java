package org.rondoml.core.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.engine.StepTimes.Part;
import org.rondoml.core.spi.Regularizer;

/** The penalties on the values of parameters: each parameter's once, however often it is used. */
final class WeightPenalties {
  private final Workers workers;
  private final List<Penalized> parameters;
  private final List<Penalized> trained;

  private record Penalized(ParameterBlock.Entry entry, Regularizer regularizer) {}

  /**
   * The penalties of some parameters.
   *
   * @param ofFrozen whether parameters that training doesn't change count
   */
  WeightPenalties(ParameterBlock parameters, boolean ofFrozen, Workers workers) {
    this.workers = workers;
    this.parameters =
        parameters.entries().stream()
            .filter(entry -> ofFrozen || entry.trainable())
            .filter(entry -> entry.spec().regularizer() != null)
            .map(e -> new Penalized(e, Objects.requireNonNull(e.spec().regularizer())))
            .toList();
    this.trained = this.parameters.stream().filter(p -> p.entry().trainable()).toList();
  }

  /** The sum of all penalties. */
  double value(StepTimes times) {
    double[] values = new double[parameters.size()];
    workers.run(
        values.length,
        i ->
            times.measure(
                Part.LAYERS,
                () -> {
                  Penalized parameter = parameters.get(i);
                  values[i] = parameter.regularizer().penalty(parameter.entry().memory());
                }));
    return Arrays.stream(values).sum();
  }

  /**
   * Adds the gradients of the penalties.
   *
   * @param gradients those of all parameters that are trained
   */
  void addGradients(Memory gradients, StepTimes times) {
    workers.run(
        trained.size(),
        i ->
            times.measure(
                Part.LAYERS,
                () -> {
                  Penalized parameter = trained.get(i);
                  ParameterBlock.Entry entry = parameter.entry();
                  parameter.regularizer().addGradient(entry.memory(), 1, gradients, entry.offset());
                }));
  }
}
