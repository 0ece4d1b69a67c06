package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rondoml.core.spi.Metric;

/** What an epoch has gathered so far: the mean loss over samples, and the metrics. */
final class Totals {
  private final Objective objective;
  private final List<Metric.State> states = new ArrayList<>();
  private final double[] lossSums;
  private double penaltySum;
  private long samples;

  Totals(Objective objective) {
    this.objective = objective;
    this.lossSums = new double[objective.outputs().size()];
    objective.outputs().forEach(o -> o.metrics().forEach(m -> states.add(m.start())));
  }

  /** The state of a metric, counted through all outputs. */
  Metric.State state(int metric) {
    return states.get(metric);
  }

  /**
   * Adds a batch's mean loss of each output, weighted by its samples as Keras does.
   *
   * @param penalty what regularizers add to the sum of the losses
   */
  void addLosses(double[] losses, double penalty, int batchSize) {
    penaltySum += penalty * batchSize;
    for (int o = 0; o < losses.length; o++) {
      lossSums[o] += losses[o] * batchSize;
    }
    samples += batchSize;
  }

  /** Adds the metrics that a shard has gathered. */
  void addMetrics(Totals shard) {
    for (int i = 0; i < states.size(); i++) {
      states.get(i).add(shard.states.get(i));
    }
  }

  /** Loss and metrics by name. */
  Map<String, Double> logs() {
    Map<String, Double> logs = new LinkedHashMap<>();
    Iterator<String> names = objective.logNames().iterator();
    logs.put(names.next(), (objective.weigh(lossSums) + penaltySum) / samples);
    if (lossSums.length > 1) {
      for (double sum : lossSums) {
        logs.put(names.next(), sum / samples);
      }
    }
    for (Metric.State state : states) {
      logs.put(names.next(), state.result());
    }
    return logs;
  }

  /** Everything gathered, as numbers. */
  List<double[]> snapshot() {
    List<double[]> numbers = new ArrayList<>();
    numbers.add(new double[] {samples, penaltySum});
    numbers.add(lossSums.clone());
    states.forEach(s -> numbers.add(s.snapshot()));
    return numbers;
  }

  /** Goes on from a snapshot. */
  void restore(List<double[]> numbers) {
    samples = (long) numbers.get(0)[0];
    penaltySum = numbers.get(0)[1];
    System.arraycopy(numbers.get(1), 0, lossSums, 0, lossSums.length);
    for (int i = 0; i < states.size(); i++) {
      states.get(i).restore(numbers.get(i + 2));
    }
  }
}
