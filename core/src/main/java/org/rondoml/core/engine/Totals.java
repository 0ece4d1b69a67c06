package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rondoml.core.spi.Metric;

/** What an epoch has gathered so far: the mean loss over samples, and the metrics. */
final class Totals {
  private final List<Metric> metrics = new ArrayList<>();
  private final List<Metric.State> states = new ArrayList<>();
  private double lossSum;
  private long samples;

  Totals(Objective objective) {
    objective.outputs().forEach(o -> metrics.addAll(o.metrics()));
    metrics.forEach(m -> states.add(m.start()));
  }

  /** The state of a metric, counted through all outputs. */
  Metric.State state(int metric) {
    return states.get(metric);
  }

  /** Adds a batch's mean loss, weighted by its samples as Keras does. */
  void addLoss(double loss, int batchSize) {
    lossSum += loss * batchSize;
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
    logs.put("loss", lossSum / samples);
    for (int i = 0; i < states.size(); i++) {
      logs.put(metrics.get(i).name(), states.get(i).result());
    }
    return logs;
  }

  /** Everything gathered, as numbers. */
  List<double[]> snapshot() {
    List<double[]> numbers = new ArrayList<>();
    numbers.add(new double[] {lossSum, samples});
    states.forEach(s -> numbers.add(s.snapshot()));
    return numbers;
  }

  /** Goes on from a snapshot. */
  void restore(List<double[]> numbers) {
    lossSum = numbers.get(0)[0];
    samples = (long) numbers.get(0)[1];
    for (int i = 0; i < states.size(); i++) {
      states.get(i).restore(numbers.get(i + 1));
    }
  }
}
